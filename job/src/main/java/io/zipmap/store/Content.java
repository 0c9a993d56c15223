package io.zipmap.store;

/** What a scratch file shall be: the name says which bytes, and these are its size and, where it is known, checksum. */
final class Content {
    private static final long UNKNOWN = -1;

    private final String name;
    private final long bytes;
    private final long crc32;
    private final boolean lost;

    private Content(String name, long bytes, long crc32, boolean lost) {
        if (!name.matches("[0-9a-z][0-9a-z.-]{0,199}") || name.contains(PartFile.MARK)) {
            throw new IllegalArgumentException("Not a name for scratch: " + name);
        }
        this.name = name;
        this.bytes = bytes;
        this.crc32 = crc32;
        this.lost = lost;
    }

    static Content of(String name, long bytes) {
        return new Content(name, bytes, UNKNOWN, false);
    }

    /** A file that was there and is not any more, or not as it was: nothing that lies in its place is taken on trust. */
    static Content lost(String name, long bytes, long crc32) {
        return new Content(name, bytes, crc32, true);
    }

    String name() {
        return name;
    }

    long bytes() {
        return bytes;
    }

    boolean hasCrc32() {
        return crc32 != UNKNOWN;
    }

    long crc32() {
        return crc32;
    }

    boolean isLost() {
        return lost;
    }
}
