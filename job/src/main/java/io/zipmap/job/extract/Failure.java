package io.zipmap.job.extract;

import io.zipmap.ZipmapException;
import java.io.Serializable;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** A quarantined error: an archive, or one entry of it, that could not be read. Immutable. */
public final class Failure implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String archive;
    private final @Nullable String entry;
    private final @Nullable Integer entryIndex;
    private final String host;
    private final String condition;
    private final String message;

    /** @param entryIndex null if the whole archive failed */
    public Failure(
            String archive, @Nullable String entry, @Nullable Integer entryIndex, String host, ZipmapException error) {
        this.archive = archive;
        this.entry = entry;
        this.entryIndex = entryIndex;
        this.host = host;
        this.condition = error.condition().label();
        this.message = error.getMessage();
    }

    public String archive() {
        return archive;
    }

    /** Name of the entry; null if the whole archive failed. */
    public @Nullable String entry() {
        return entry;
    }

    /** Position of the entry in the archive's directory; empty if the whole archive failed. */
    public OptionalInt entryIndex() {
        return entryIndex == null ? OptionalInt.empty() : OptionalInt.of(entryIndex);
    }

    /** The host that failed. */
    public String host() {
        return host;
    }

    /** The label of the condition, such as {@code ZIPMAP_CRC_MISMATCH}. */
    public String condition() {
        return condition;
    }

    public String message() {
        return message;
    }

    @Override
    public String toString() {
        return message;
    }
}
