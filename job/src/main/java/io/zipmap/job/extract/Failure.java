package io.zipmap.job.extract;

import io.zipmap.ZipmapException;
import java.io.Serializable;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** One row of the table {@code failures}: an archive, or one entry of it, that could not be had. Immutable. */
public final class Failure implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String archive;
    private final @Nullable String entry;
    private final @Nullable Integer entryIndex;
    private final String host;
    private final String condition;
    private final String message;

    /** @param entryIndex null when the whole archive failed */
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

    /** Name of the entry; null when the whole archive failed. */
    public @Nullable String entry() {
        return entry;
    }

    /** Place of the entry in the archive's directory; empty when the whole archive failed. */
    public OptionalInt entryIndex() {
        return entryIndex == null ? OptionalInt.empty() : OptionalInt.of(entryIndex);
    }

    public String host() {
        return host;
    }

    /** The name of the error: {@code ZIPMAP_CRC_MISMATCH}. */
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
