package io.zipmap.store;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.archive.ArchiveOpener;
import io.zipmap.archive.ArchiveRef;
import io.zipmap.scratch.FileAttributes;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The archives on disks of this node that this process has opened, each with the inode of which it read the directory.
 * Length and time of a file can be those of another one, inode and change time cannot. They never leave this process,
 * since a copy of the archive on another node has others. The least recently used go first: an archive that is not
 * known is opened once more.
 */
final class LocalArchives {
    private static final int MOST = 50_000;

    private final Map<ArchiveRef, FileAttributes> opened =
            Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<ArchiveRef, FileAttributes> eldest) {
                    return size() > MOST;
                }
            });

    /** What lies there now; null when it is no local file, or gone. */
    static @Nullable FileAttributes look(ArchiveOpener opener, ArchiveRef archive) throws IOException {
        Optional<Path> local = opener.local(archive.uri());
        return local.isPresent() ? look(local.get()) : null;
    }

    /** The same; what may not be looked at is for those who open it to name. */
    static @Nullable FileAttributes look(Path file) throws IOException {
        try {
            return FileAttributes.readTargetIfExists(file);
        } catch (FileSystemException e) {
            return null;
        }
    }

    /** With which inode this generation was opened last; null when it was not. */
    @Nullable
    FileAttributes opened(ArchiveRef archive) {
        return opened.get(archive);
    }

    /**
     * To be called when the directory was read.
     *
     * @param before what {@link #look} gave before that
     * @throws ZipmapException {@code SOURCE_CHANGED} when something else lies there now
     */
    void open(ArchiveOpener opener, ArchiveRef archive, @Nullable FileAttributes before) throws IOException {
        if (before != null) {
            requireSame(archive, before, look(opener, archive));
            opened.put(archive, before);
        }
    }

    static void requireSame(ArchiveRef archive, FileAttributes before, @Nullable FileAttributes now)
            throws ZipmapException {
        if (!before.equals(now)) {
            throw new ZipmapException(
                            Condition.SOURCE_CHANGED, "Cannot read an archive that was replaced: " + archive.uri())
                    .archive(archive.uri())
                    .expected("the file that was opened")
                    .actual("another one, or written to since")
                    .advice("Run again to read the new archive.");
        }
    }
}
