package io.zipmap.sql.catalog;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import java.util.EnumSet;
import java.util.Set;

/** Which errors leave an array out of a query instead of ending it. */
public final class Quarantine {
    private static final Set<Condition> LIMITS =
            EnumSet.of(Condition.LIMIT_ENTRY_BYTES, Condition.LIMIT_ARCHIVE_BYTES, Condition.LIMIT_ENTRIES);

    private Quarantine() {}

    public static boolean takes(SourceSettings settings, ZipmapException e) {
        return settings.quarantine()
                && e.condition().blame() == Condition.Blame.INPUT
                && !LIMITS.contains(e.condition());
    }
}
