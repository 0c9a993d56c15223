package io.zipmap.scratch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The files of the cache that this process makes or reads at this moment, each with an empty file of its name in
 * {@code .use-LEASE} while it does: what another process sees before it removes one to make room.
 *
 * <p>No lock is needed. Who reads marks first and opens then; who removes takes the file away first, and puts it back
 * if it finds a mark. One of the two sees the other, and a reader that loses makes the file again.
 */
final class ReaderMarks {
    private final Path marks;
    private final Map<String, Integer> counts = new HashMap<>();

    ReaderMarks(Path files, String lease) {
        this.marks = files.resolve(ScratchFolder.USE + lease);
    }

    synchronized void begin(String name) {
        if (counts.merge(name, 1, Integer::sum) == 1) {
            mark(name);
        }
    }

    synchronized void end(String name) {
        if (counts.computeIfPresent(name, (key, count) -> count == 1 ? null : count - 1) == null) {
            unmark(name);
        }
    }

    /**
     * A disk that takes no mark does not keep a file from being read: should it be removed meanwhile, it is made again.
     */
    private void mark(String name) {
        try {
            create(name);
        } catch (IOException e) {
            return;
        }
    }

    private void create(String name) throws IOException {
        Path mark = marks.resolve(name);
        try {
            Files.createFile(mark, PrivateAccess.NEW_FILE);
        } catch (NoSuchFileException e) {
            PrivateAccess.createFolder(marks);
            Files.createFile(mark, PrivateAccess.NEW_FILE);
        }
    }

    private void unmark(String name) {
        try {
            Files.deleteIfExists(marks.resolve(name));
        } catch (IOException e) {
            // It goes with the lease.
            return;
        }
    }
}
