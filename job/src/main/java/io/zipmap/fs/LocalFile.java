package io.zipmap.fs;

import io.zipmap.Condition;
import io.zipmap.PlainPath;
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
 * The file of an archive on a local disk, looked up before it is opened. Only a regular file may be opened, because
 * opening a FIFO can block forever. Immutable.
 */
final class LocalFile {
    private final String uri;
    private final Path path;

    LocalFile(String uri) {
        this.uri = uri;
        this.path = LocalUri.pathOf(uri);
    }

    Path path() {
        return path;
    }

    /** The reference to the generation that these attributes describe. Its version is the modification time. */
    static ArchiveRef refOf(String uri, BasicFileAttributes file) {
        return new ArchiveRef(
                uri, file.size(), Long.toString(file.lastModifiedTime().toMillis()));
    }

    /**
     * The reference to the generation that the file has now.
     *
     * @throws ZipmapException {@code SOURCE_NOT_A_FILE}; {@code SOURCE_MISSING} for a dangling link
     */
    ArchiveRef currentRef() throws IOException {
        BasicFileAttributes file;
        try {
            file = Files.readAttributes(path, BasicFileAttributes.class);
        } catch (AccessDeniedException e) {
            throw e;
        } catch (FileSystemException e) {
            throw danglingLinkOr(e);
        }
        if (file.isOther()) {
            throw new ZipmapException(
                            Condition.SOURCE_NOT_A_FILE,
                            "Cannot read a path that is no regular file: " + PlainPath.of(uri))
                    .archive(uri)
                    .actual("a FIFO, socket or device");
        }
        return refOf(uri, file);
    }

    private FileSystemException danglingLinkOr(FileSystemException e) throws ZipmapException {
        try {
            if (Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .isSymbolicLink()) {
                throw new ZipmapException(Condition.SOURCE_MISSING, "Cannot find the archive: " + PlainPath.of(uri))
                        .archive(uri)
                        .actual("a link to a missing file: " + Files.readSymbolicLink(path))
                        .because(e);
            }
        } catch (ZipmapException dangling) {
            throw dangling;
        } catch (IOException noLink) {
            e.addSuppressed(noLink);
        }
        return e;
    }
}
