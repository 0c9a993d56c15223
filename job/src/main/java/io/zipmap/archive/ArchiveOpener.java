package io.zipmap.archive;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Opens archives, wherever they lie. What {@code store} heals through, without knowing any file system. */
public interface ArchiveOpener {
    /**
     * Opens exactly the generation that {@code ref} names.
     *
     * @throws io.zipmap.ZipmapException {@code SOURCE_MISSING} when it is gone, {@code SOURCE_CHANGED} when length or
     *     version differ, {@code SOURCE_UNREADABLE} when it may not be read
     * @throws IOException when the file system fails
     */
    ByteSource open(ArchiveRef ref) throws IOException;

    /**
     * The file on this node's own disks that {@code uri} names, if it names one: what can be mapped in place. Empty
     * where the text of its path, which records have, would not find it again.
     */
    Optional<Path> local(String uri);
}
