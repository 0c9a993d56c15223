package io.zipmap.fs;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.archive.ArchiveRef;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * What is there under the name of an archive on a local disk. Only a file is ever opened: an open waits for ever on a
 * FIFO.
 */
final class LocalFile {
    private final String uri;
    private final Path path;

    LocalFile(String uri) {
        this.uri = uri;
        this.path = LocalUri.path(uri);
    }

    Path path() {
        return path;
    }

    static ArchiveRef ref(String uri, BasicFileAttributes file) {
        return new ArchiveRef(
                uri, file.size(), Long.toString(file.lastModifiedTime().toMillis()));
    }

    /**
     * The generation that is there now.
     *
     * @throws ZipmapException {@code SOURCE_NOT_A_FILE}, {@code SOURCE_MISSING} for a link to nothing
     */
    ArchiveRef now() throws IOException {
        BasicFileAttributes file;
        try {
            file = Files.readAttributes(path, BasicFileAttributes.class);
        } catch (AccessDeniedException e) {
            throw e;
        } catch (FileSystemException e) {
            throw linkOr(e);
        }
        if (file.isOther()) {
            throw new ZipmapException(Condition.SOURCE_NOT_A_FILE, "Cannot read what is no file: " + uri)
                    .archive(uri)
                    .actual("a FIFO, socket or device");
        }
        return ref(uri, file);
    }

    private FileSystemException linkOr(FileSystemException e) throws ZipmapException {
        try {
            if (Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .isSymbolicLink()) {
                throw new ZipmapException(Condition.SOURCE_MISSING, "Cannot find the archive: " + uri)
                        .archive(uri)
                        .actual("a link to what is not there: " + Files.readSymbolicLink(path))
                        .because(e);
            }
        } catch (ZipmapException link) {
            throw link;
        } catch (IOException none) {
            e.addSuppressed(none);
        }
        return e;
    }
}
