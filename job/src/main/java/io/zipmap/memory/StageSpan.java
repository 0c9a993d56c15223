package io.zipmap.memory;

import java.util.OptionalLong;

/** When a stage of Spark began and ended. Times are in milliseconds since 1970. Immutable. */
public final class StageSpan {
    private final int id;
    private final int attempt;
    private final String name;
    private final long start;
    private final OptionalLong end;

    StageSpan(int id, int attempt, String name, long start, OptionalLong end) {
        this.id = id;
        this.attempt = attempt;
        this.name = name;
        this.start = start;
        this.end = end;
    }

    StageSpan ended(long millis) {
        return new StageSpan(id, attempt, name, start, OptionalLong.of(millis));
    }

    boolean is(int otherId, int otherAttempt) {
        return id == otherId && attempt == otherAttempt;
    }

    public int id() {
        return id;
    }

    public int attempt() {
        return attempt;
    }

    /** The name in Spark's UI; in a {@code run} one of {@code plan}, {@code extract}, {@code map}, … */
    public String name() {
        return name;
    }

    public long start() {
        return start;
    }

    /** Empty while it runs. */
    public OptionalLong end() {
        return end;
    }
}
