package io.zipmap.scratch;

import com.sun.security.auth.module.UnixSystem;
import io.zipmap.Condition;
import io.zipmap.OptionSpelling;
import io.zipmap.ZipmapException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of one file or folder at the moment of reading: kind, owner, mode, size, times and inode. Two values
 * are equal if nobody has replaced or written to the file between the two readings. Immutable.
 */
public final class FileAttributes {
    private static final String NAMES = "unix:uid,mode,size,lastModifiedTime,ctime,fileKey,dev";
    private static final int UID = (int) new UnixSystem().getUid();
    /** Bits of the mode, as stat(2) gives it. */
    private static final int KIND_BITS = 0xf000;

    private static final int KIND_FOLDER = 0x4000;
    private static final int KIND_FILE = 0x8000;
    private static final int PERMISSION_BITS = 0777;
    private static final int OTHERS_BITS = 0077;

    private final int uid;
    private final int mode;
    private final long size;
    private final FileTime lastModifiedTime;
    private final FileTime changeTime;
    private final Object fileKey;
    private final long device;

    private FileAttributes(Map<String, Object> values) {
        this.uid = (Integer) value(values, "uid");
        this.mode = (Integer) value(values, "mode");
        this.size = (Long) value(values, "size");
        this.lastModifiedTime = (FileTime) value(values, "lastModifiedTime");
        this.changeTime = (FileTime) value(values, "ctime");
        this.fileKey = value(values, "fileKey");
        this.device = (Long) value(values, "dev");
    }

    private static Object value(Map<String, Object> values, String name) {
        return Objects.requireNonNull(values.get(name), name);
    }

    /** Reads the attributes of the path itself, also if it is a symbolic link; null if there is no such file. */
    public static @Nullable FileAttributes readIfExists(Path path) throws IOException {
        return read(path, LinkOption.NOFOLLOW_LINKS);
    }

    /** Reads the attributes of the file that a symbolic link leads to; null if there is no such file. */
    public static @Nullable FileAttributes readTargetIfExists(Path path) throws IOException {
        return read(path);
    }

    private static @Nullable FileAttributes read(Path path, LinkOption... options) throws IOException {
        try {
            return new FileAttributes(Files.readAttributes(path, NAMES, options));
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /** The error for a file or folder that stands where scratch belongs, and that another user may have created. */
    static ZipmapException unsafe(Path path, String expected, FileAttributes actual) {
        return new ZipmapException(
                        Condition.SCRATCH_UNSAFE, "Cannot use a file or folder in the place of scratch: " + path)
                .expected(expected)
                .actual(actual)
                .advice("Find out who made it, then remove it, or choose another folder with "
                        + OptionSpelling.mention("scratch") + ".");
    }

    /** The number of the user that runs this process. */
    static int currentUid() {
        return UID;
    }

    /** Whether this is a folder of this user that nobody else can enter. */
    boolean isPrivateFolder() {
        return isFolder() && isOwnedByUser() && (mode & OTHERS_BITS) == 0;
    }

    boolean isFolder() {
        return (mode & KIND_BITS) == KIND_FOLDER;
    }

    boolean isFile() {
        return (mode & KIND_BITS) == KIND_FILE;
    }

    /** Whether this is a file of this user with mode 0400, the mode of a published scratch file. */
    public boolean isSealedFile() {
        return isFile() && isOwnedByUser() && (mode & PERMISSION_BITS) == 0400;
    }

    /** Whether the user that runs this process owns the file. */
    boolean isOwnedByUser() {
        return uid == UID;
    }

    /** In bytes. */
    public long size() {
        return size;
    }

    FileTime lastModifiedTime() {
        return lastModifiedTime;
    }

    /** Device and inode number: the same for as long as this file exists, whatever is written to it. */
    public Object fileKey() {
        return fileKey;
    }

    /** The number of the file system's device. It may change when the machine restarts. */
    public long device() {
        return device;
    }

    /** The later one of the modification and the change time. A program can set back only the first one. */
    public FileTime latestTime() {
        return lastModifiedTime.compareTo(changeTime) < 0 ? changeTime : lastModifiedTime;
    }

    /** The fields that {@link #equals} compares, as one text. */
    public String identity() {
        return fileKey + " " + size + " " + lastModifiedTime + " " + changeTime;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FileAttributes that
                && fileKey.equals(that.fileKey)
                && size == that.size
                && lastModifiedTime.equals(that.lastModifiedTime)
                && changeTime.equals(that.changeTime);
    }

    @Override
    public int hashCode() {
        return Objects.hash(fileKey, size, lastModifiedTime, changeTime);
    }

    @Override
    public String toString() {
        String kind = isFolder() ? "a folder" : isFile() ? "a file" : "neither a file nor a folder";
        return kind + " of user " + uid + " with mode " + String.format("0%o", mode & PERMISSION_BITS);
    }
}
