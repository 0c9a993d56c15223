package io.zipmap.scratch;

import io.zipmap.ZipmapException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Keeps other users out of scratch: the permissions of its files, and folders that only their owner can enter. */
final class PrivateAccess {
    /** Creates a file that only its owner can read and write. */
    static final FileAttribute<?> NEW_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    /** The permissions of a published file: its owner can read it, and nobody can write to it. */
    static final Set<PosixFilePermission> SEALED_FILE = PosixFilePermissions.fromString("r--------");

    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwx------");

    private PrivateAccess() {}

    /** {@code zipmap-USER}, with the user's number if the name holds characters that a file name should not have. */
    static String userFolderName() {
        String user = System.getProperty("user.name", "");
        return "zipmap-" + (user.matches("[A-Za-z0-9._-]{1,100}") ? user : FileAttributes.currentUid());
    }

    /**
     * Creates the folder, or accepts an existing private folder of this user.
     *
     * @throws ZipmapException {@code SCRATCH_UNSAFE} if the path is anything else
     */
    static Path createFolder(Path path) throws IOException {
        try {
            Files.createDirectory(path, PosixFilePermissions.asFileAttribute(FOLDER));
            // A umask may have removed permissions of the owner too.
            Files.setPosixFilePermissions(path, FOLDER);
        } catch (FileAlreadyExistsException e) {
            FileAttributes attributes = FileAttributes.readIfExists(path);
            if (attributes != null && !attributes.isPrivateFolder()) {
                throw FileAttributes.unsafe(
                        path, "a folder of user " + FileAttributes.currentUid() + " with mode 0700", attributes);
            }
        }
        return path;
    }
}
