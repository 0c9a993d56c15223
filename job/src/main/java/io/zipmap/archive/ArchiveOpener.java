package io.zipmap.archive;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Opens an archive for reading on whatever file system it is stored. The package {@code store} heals through this
 * interface, so it depends on no file system; {@code fs} implements it.
 */
public interface ArchiveOpener {
    /**
     * Opens the archive that {@code ref} names, if it still has the length and version of {@code ref}. The caller
     * closes the source.
     *
     * @throws io.zipmap.ZipmapException {@code SOURCE_MISSING} if the archive no longer exists, {@code SOURCE_CHANGED}
     *     if its length or version differs, {@code SOURCE_UNREADABLE} if permission is denied
     * @throws IOException if the file system fails
     */
    ByteSource open(ArchiveRef ref) throws IOException;

    /**
     * The local file that {@code uri} names, which can be mapped in place. Empty if the URI names no local file, or if
     * the text of its path, which records store, would not resolve to the same file.
     */
    Optional<Path> local(String uri);
}
