package io.zipmap.store;

import io.zipmap.archive.ArchiveRef;
import io.zipmap.scratch.FileAttributes;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The local archives that this process has opened, each with its file's attributes at that time. Two files may have the
 * same length and modification time, but not the same inode and change time. The attributes never leave this process,
 * because a copy of the archive on another node has others. The least recently used archive is forgotten first, and is
 * opened once more when it is needed. Thread-safe.
 */
final class OpenedArchives {
    private static final int MOST = 50_000;

    private final Map<ArchiveRef, FileAttributes> files =
            Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<ArchiveRef, FileAttributes> eldest) {
                    return size() > MOST;
                }
            });

    /** The file of this generation of an archive when it was opened last; null if it was not opened. */
    @Nullable
    FileAttributes get(ArchiveRef archive) {
        return files.get(archive);
    }

    void put(ArchiveRef archive, FileAttributes file) {
        files.put(archive, file);
    }
}
