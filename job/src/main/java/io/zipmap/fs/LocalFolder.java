package io.zipmap.fs;

import io.zipmap.IoConsumer;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** The children of a folder on a local disk. Their names are bytes, in no order, and include every kind of file. */
final class LocalFolder {
    private LocalFolder() {}

    /**
     * Passes each child to an action.
     *
     * @throws IOException if {@code folder} is no folder, or may not be listed
     */
    static void forEachChild(Path folder, IoConsumer<Path> action) throws IOException {
        try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
            for (Path child : children) {
                action.accept(child);
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    /**
     * Whether a path is a folder, or a link to one.
     *
     * @throws AccessDeniedException if the path may not be looked up: it might be a folder
     */
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
