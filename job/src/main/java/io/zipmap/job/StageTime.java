package io.zipmap.job;

import java.util.OptionalLong;

/** When a stage of a run began and ended, in milliseconds since 1970. Immutable. */
public final class StageTime {
    public static final String PLAN = "plan";
    public static final String EXTRACT = "extract";
    public static final String MAP = "map";
    public static final String PUBLISH = "publish";

    private final String name;
    private final long start;
    private final OptionalLong end;

    StageTime(String name, long start, OptionalLong end) {
        this.name = name;
        this.start = start;
        this.end = end;
    }

    StageTime ended(long millis) {
        return new StageTime(name, start, OptionalLong.of(millis));
    }

    /** {@link #PLAN}, {@link #EXTRACT}, {@link #MAP}, {@link #PUBLISH}, or a step after them, such as {@code sql}. */
    public String name() {
        return name;
    }

    public long start() {
        return start;
    }

    /** Empty while it runs, and if it failed. */
    public OptionalLong end() {
        return end;
    }
}
