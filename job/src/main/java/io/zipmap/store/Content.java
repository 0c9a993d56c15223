package io.zipmap.store;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What a scratch file shall be: the name says which bytes, and these are its size and, where there is one, a look into it. */
final class Content {
    private final String name;
    private final long bytes;
    private final @Nullable Look look;
    private final boolean lost;
    private final boolean sparable;

    /** Whether what was found is it; reads all of it. */
    interface Look {
        boolean isRight(Path file) throws IOException;
    }

    private Content(String name, long bytes, @Nullable Look look, boolean lost, boolean sparable) {
        if (!name.matches("[0-9a-z][0-9a-z.-]{0,199}") || name.contains(PartFile.MARK)) {
            throw new IllegalArgumentException("Not a name for scratch: " + name);
        }
        this.name = name;
        this.bytes = bytes;
        this.look = look;
        this.lost = lost;
        this.sparable = sparable;
    }

    static Content of(String name, long bytes) {
        return new Content(name, bytes, null, false, false);
    }

    /** A file that was there and is not any more, or not as it was: nothing that lies in its place is taken on trust. */
    static Content lost(String name, long bytes, @Nullable Look look) {
        return new Content(name, bytes, look, true, false);
    }

    static Look crc32(long crc32) {
        return file -> Checksum.of(file) == crc32;
    }

    /** A file that tells itself whether it is right; nothing else is taken on trust. One can do without it. */
    static Content checked(String name, long bytes, Look look) {
        return new Content(name, bytes, look, true, true);
    }

    String name() {
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
