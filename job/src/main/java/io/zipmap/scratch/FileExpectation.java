package io.zipmap.scratch;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a scratch file shall be: the name says which bytes, and these are its size and, where there is one, a look into
 * it.
 */
public final class FileExpectation {
    private final String name;
    private final long bytes;
    private final @Nullable Look look;
    private final boolean lost;
    private final boolean sparable;

    /** Whether what was found is it; reads all of it. */
    public interface Look {
        boolean isRight(Path file) throws IOException;
    }

    private FileExpectation(String name, long bytes, @Nullable Look look, boolean lost, boolean sparable) {
        if (!name.matches("[0-9a-z][0-9a-z.-]{0,199}") || name.contains(PartFile.MARK)) {
            throw new IllegalArgumentException("Not a name for scratch: " + name);
        }
        this.name = name;
        this.bytes = bytes;
        this.look = look;
        this.lost = lost;
        this.sparable = sparable;
    }

    static FileExpectation of(String name, long bytes) {
        return new FileExpectation(name, bytes, null, false, false);
    }

    /**
     * A file that was there and is not any more, or not as it was: nothing that lies in its place is taken on trust.
     */
    static FileExpectation lost(String name, long bytes, @Nullable Look look) {
        return new FileExpectation(name, bytes, look, true, false);
    }

    public static Look crc32(long crc32) {
        return file -> FileChecksum.of(file) == crc32;
    }

    /** A file that tells itself whether it is right; nothing else is taken on trust. One can do without it. */
    public static FileExpectation checked(String name, long bytes, Look look) {
        return new FileExpectation(name, bytes, look, true, true);
    }

    public String name() {
        return name;
    }

    long bytes() {
        return bytes;
    }

    @Nullable
    Look look() {
        return look;
    }

    boolean isLost() {
        return lost;
    }

    /** Whether one can do without it, and so does not wait until there is room for it. */
    boolean isSparable() {
        return sparable;
    }
}
