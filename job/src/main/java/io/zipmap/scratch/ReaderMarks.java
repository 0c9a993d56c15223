package io.zipmap.scratch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Marks the kept files that this process makes or reads at this moment: for each one an empty file of the same name in
 * the folder {@code .use-LEASE}. A process that removes files to make room looks for the marks of all processes.
 * Thread-safe.
 *
 * <p>Marks need no lock. A reader marks the file first and opens it then. A remover moves the file away first, and
 * moves it back if it finds a mark then. So one of the two sees the other, and a reader that loses makes the file
 * again.
 */
final class ReaderMarks {
    private final Path folder;
    private final Map<String, Integer> readers = new HashMap<>();

    /** @param lease the identifier of this process's lease */
    ReaderMarks(Path files, String lease) {
        this.folder = files.resolve(FolderLayout.MARKS_PREFIX + lease);
    }

    /** Whether any process makes or reads a file of this scope. */
    static boolean isMarkedByAny(Path files, String name) throws IOException {
        for (Path folder : FileTree.list(files, FolderLayout.MARKS_PREFIX + "*")) {
            if (FileAttributes.readIfExists(folder.resolve(name)) != null) {
                return true;
            }
        }
        return false;
    }

    /** Adds one reader of a file in this process. */
    synchronized void add(String name) {
        if (readers.merge(name, 1, Integer::sum) == 1) {
            tryCreate(name);
        }
    }

    /** Removes one reader of a file in this process. */
    synchronized void remove(String name) {
        if (readers.computeIfPresent(name, (key, count) -> count == 1 ? null : count - 1) == null) {
            tryDelete(name);
        }
    }

    /** Ignores failures: a file without a mark can be read, and is made again if it is removed meanwhile. */
    private void tryCreate(String name) {
        try {
            create(name);
        } catch (IOException e) {
            return;
        }
    }

    private void create(String name) throws IOException {
        Path mark = folder.resolve(name);
        try {
            Files.createFile(mark, PrivateAccess.NEW_FILE);
        } catch (NoSuchFileException e) {
            PrivateAccess.createFolder(folder);
            Files.createFile(mark, PrivateAccess.NEW_FILE);
        }
    }

    /** Ignores failures: the mark is removed with the lease. */
    private void tryDelete(String name) {
        try {
            Files.deleteIfExists(folder.resolve(name));
        } catch (IOException e) {
            return;
        }
    }
}
