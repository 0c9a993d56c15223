package io.zipmap.store;

import io.zipmap.archive.ArchiveLimits;
import io.zipmap.array.RawLayout;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** How entries become arrays. Immutable. */
public final class ExtractRules implements Serializable {
    private static final long serialVersionUID = 1L;

    private final @Nullable RawLayout raw;
    private final InPlace inPlace;
    private final ArchiveLimits limits;

    /** @param raw what raw entries are; null when only .npy entries can be understood */
    public ExtractRules(@Nullable RawLayout raw, InPlace inPlace, ArchiveLimits limits) {
        this.raw = raw;
        this.inPlace = inPlace;
        this.limits = limits;
    }

    public @Nullable RawLayout raw() {
        return raw;
    }

    InPlace inPlace() {
        return inPlace;
    }

    public ArchiveLimits limits() {
        return limits;
    }
}
