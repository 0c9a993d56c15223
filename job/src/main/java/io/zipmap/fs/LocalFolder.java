package io.zipmap.fs;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** The names in a folder on a local disk, as bytes: each of them, whatever is there under it. */
final class LocalFolder {
    private LocalFolder() {}

    interface Each {
        void child(Path child) throws IOException;
    }

    /** @throws IOException when it is no folder, or may not be listed */
    static void each(Path folder, Each each) throws IOException {
        try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
            for (Path child : children) {
                each.child(child);
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    /** Also when a link leads there; what may not be looked at might be one. */
    static boolean isFolder(Path path) throws AccessDeniedException {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class).isDirectory();
        } catch (AccessDeniedException e) {
            throw e;
        } catch (IOException e) {
            return false;
        }
    }
}
