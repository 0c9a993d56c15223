package io.zipmap.plan;

/**
 * An amount of work: archives, arrays, and their bytes. A number is 0 if it is not known or has no meaning for the
 * stage. Immutable.
 */
public record Work(long archives, long arrays, long bytes) {
    public static final Work UNKNOWN = new Work(0, 0, 0);

    public static Work ofArchives(long archives) {
        return new Work(archives, 0, 0);
    }

    public Work plus(Work other) {
        return new Work(archives + other.archives, arrays + other.arrays, bytes + other.bytes);
    }
}
