package io.zipmap.job;

import io.zipmap.ZipmapException;
import io.zipmap.archive.ArchiveRef;
import java.io.Serializable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What listing found: an archive, or why an input gave none. Immutable. */
final class Listed implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String key;
    private final @Nullable ArchiveRef archive;
    private final @Nullable ZipmapException error;

    private Listed(String key, @Nullable ArchiveRef archive, @Nullable ZipmapException error) {
        this.key = key;
        this.archive = archive;
        this.error = error;
    }

    static Listed of(ArchiveRef archive) {
        return new Listed(archive.uri(), archive, null);
    }

    static Listed of(String input, ZipmapException error) {
        return new Listed(input, null, error);
    }

    /** The archive's URI, or the input that failed: equal keys are the same thing named twice. */
    String key() {
        return key;
    }

    Optional<ArchiveRef> archive() {
        return Optional.ofNullable(archive);
    }

    Optional<ZipmapException> error() {
        return Optional.ofNullable(error);
    }
}
