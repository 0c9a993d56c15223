package io.zipmap.memory;

import java.io.Serializable;
import java.util.Arrays;
import java.util.OptionalLong;

/** The memory of one process at one time, or the maximum of each metric over several times. Immutable. */
public final class MemorySample implements Serializable {
    private static final long serialVersionUID = 1L;

    static final long ABSENT = -1;

    private final long millis;
    private final long[] values;

    /** @param values by ordinal of the metric; not copied */
    private MemorySample(long millis, long[] values) {
        this.millis = millis;
        this.values = values;
    }

    /** @param values by ordinal of the metric, {@link #ABSENT} if there is none; the caller does not use it again */
    static MemorySample of(long millis, long[] values) {
        return new MemorySample(millis, values);
    }

    /** An array of values, all absent. */
    static long[] absentValues() {
        long[] values = new long[MemoryMetric.values().length];
        Arrays.fill(values, ABSENT);
        return values;
    }

    /** Wall-clock time, in milliseconds since 1970. */
    public long millis() {
        return millis;
    }

    /** The value, in the unit of the metric; empty if the platform does not tell it. */
    public OptionalLong value(MemoryMetric metric) {
        long value = get(metric);
        return value == ABSENT ? OptionalLong.empty() : OptionalLong.of(value);
    }

    /** The value, or {@link #ABSENT}. */
    long get(MemoryMetric metric) {
        return values[metric.ordinal()];
    }

    /** The maximum of each metric, at the time of this sample. */
    MemorySample max(MemorySample other) {
        long[] most = values.clone();
        for (int i = 0; i < most.length; i++) {
            most[i] = Math.max(most[i], other.values[i]);
        }
        return new MemorySample(millis, most);
    }

    /** This sample, with the values of a former one where it has none. */
    MemorySample over(MemorySample former) {
        long[] known = values.clone();
        for (int i = 0; i < known.length; i++) {
            known[i] = known[i] == ABSENT ? former.values[i] : known[i];
        }
        return new MemorySample(millis, known);
    }
}
