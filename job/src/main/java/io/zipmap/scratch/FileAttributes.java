package io.zipmap.scratch;

import com.sun.security.auth.module.UnixSystem;
import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What lies under a path: kind, owner, mode, size, times. Makes folders that only their owner enters. */
public final class FileAttributes {
    static final Set<PosixFilePermission> PRIVATE_FOLDER = PosixFilePermissions.fromString("rwx------");
    static final Set<PosixFilePermission> SEALED_FILE = PosixFilePermissions.fromString("r--------");
    static final FileAttribute<?> PRIVATE_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private static final String FACTS = "unix:uid,mode,size,lastModifiedTime,ctime,fileKey,dev";
    private static final int UID = (int) new UnixSystem().getUid();
    private static final int KIND = 0xf000;
    private static final int FOLDER = 0x4000;
    private static final int FILE = 0x8000;
    private static final int OTHERS = 0077;

    private final int uid;
    private final int mode;
    private final long size;
    private final FileTime modified;
    private final FileTime changed;
    private final Object key;
    private final long device;

    private FileAttributes(Map<String, Object> facts) {
        this.uid = (Integer) fact(facts, "uid");
        this.mode = (Integer) fact(facts, "mode");
        this.size = (Long) fact(facts, "size");
        this.modified = (FileTime) fact(facts, "lastModifiedTime");
        this.changed = (FileTime) fact(facts, "ctime");
        this.key = fact(facts, "fileKey");
        this.device = (Long) fact(facts, "dev");
    }

    private static Object fact(Map<String, Object> facts, String name) {
        return Objects.requireNonNull(facts.get(name), name);
    }

    /** What lies there; null when nothing does. */
    public static @Nullable FileAttributes at(Path path) throws IOException {
        return read(path, LinkOption.NOFOLLOW_LINKS);
    }

    /** The inode of the target where the path is a link; null when there is no target. */
    public static @Nullable FileAttributes target(Path path) throws IOException {
        return read(path);
    }

    private static @Nullable FileAttributes read(Path path, LinkOption... options) throws IOException {
        try {
            return new FileAttributes(Files.readAttributes(path, FACTS, options));
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /** {@code zipmap-USER}, or the number of a user without a name that a file may have. */
    static String userFolder() {
        String user = System.getProperty("user.name", "");
        return "zipmap-" + (user.matches("[A-Za-z0-9._-]{1,100}") ? user : UID);
    }

    /**
     * Makes the folder, or sees that the one that is there is ours alone.
     *
     * @throws ZipmapException {@code SCRATCH_UNSAFE} when something else lies there, or others may enter
     */
    static Path privateFolder(Path path) throws IOException {
        try {
            Files.createDirectory(path, PosixFilePermissions.asFileAttribute(PRIVATE_FOLDER));
            // A umask may have taken from the owner too.
            Files.setPosixFilePermissions(path, PRIVATE_FOLDER);
        } catch (FileAlreadyExistsException e) {
            FileAttributes inode = at(path);
            if (inode != null && !inode.isPrivateFolder()) {
                throw unsafe(path, "a folder of user " + UID + " with mode 0700", inode);
            }
        }
        return path;
    }

    static ZipmapException unsafe(Path path, String expected, FileAttributes inode) {
        return new ZipmapException(Condition.SCRATCH_UNSAFE, "Cannot use what lies in the place of scratch: " + path)
                .expected(expected)
                .actual(inode)
                .advice("See who made it, then remove it, or choose another folder with --scratch.");
    }

    boolean isPrivateFolder() {
        return isFolder() && isOurs() && (mode & OTHERS) == 0;
    }

    boolean isFolder() {
        return (mode & KIND) == FOLDER;
    }

    boolean isFile() {
        return (mode & KIND) == FILE;
    }

    public boolean isSealedFile() {
        return isFile() && isOurs() && (mode & 0777) == 0400;
    }

    boolean isOurs() {
        return uid == UID;
    }

    public long size() {
        return size;
    }

    FileTime modified() {
        return modified;
    }

    public Object key() {
        return key;
    }

    /** Of the file system that it is on, until the machine starts anew. */
    public long device() {
        return device;
    }

    /** The later one of its two times: the time of change cannot be set back. */
    public FileTime youngest() {
        return modified.compareTo(changed) < 0 ? changed : modified;
    }

    /** All that {@link #equals} looks at, as a text. */
    public String mark() {
        return key + " " + size + " " + modified + " " + changed;
    }

    /** Whether this is the same file, not written to nor touched in between. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FileAttributes that
                && key.equals(that.key)
                && size == that.size
                && modified.equals(that.modified)
                && changed.equals(that.changed);
    }

    @Override
    public int hashCode() {
        return Objects.hash(key, size, modified, changed);
    }

    @Override
    public String toString() {
        String kind = isFolder() ? "a folder" : isFile() ? "a file" : "neither a file nor a folder";
        return kind + " of user " + uid + " with mode " + String.format("0%o", mode & 0777);
    }
}
