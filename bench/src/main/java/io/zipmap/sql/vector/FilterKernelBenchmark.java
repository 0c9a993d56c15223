package io.zipmap.sql.vector;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Bytes of a float column a nanosecond, of filters: {@code c > bound}. It is in this package because vectors are. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(FilterKernelBenchmark.BATCH * Float.BYTES)
public class FilterKernelBenchmark {
    static final int BATCH = 4096;

    @Param({"0.5", "0.9999"})
    private float bound;

    private final float[] values = new float[BATCH];
    private final int[] rows = new int[BATCH];
    private FloatVector column;
    private KeySet above;

    @Setup
    public void fill() {
        SplittableRandom random = new SplittableRandom(1);
        for (int row = 0; row < BATCH; row++) {
            values[row] = (float) random.nextDouble();
        }
        column = new FloatVector(values, 0, 1);
        above = KeySet.upTo(KeySet.key(bound)).complement().intersection(KeySet.notNull());
    }

    /** The rows that match. */
    @Benchmark
    public int filter() {
        for (int row = 0; row < BATCH; row++) {
            rows[row] = row;
        }
        return above.select(column, rows, BATCH);
    }
}
