package io.zipmap.bench;

import io.zipmap.ZipmapException;
import io.zipmap.array.Leaf;
import io.zipmap.array.Order;
import io.zipmap.mapped.ElementBuffer;
import io.zipmap.mapped.MappedArray;
import io.zipmap.mapped.StridedRange;
import io.zipmap.stats.GroupKeys;
import io.zipmap.stats.GroupedStats;
import java.io.IOException;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Bytes of the mapped array a nanosecond, of the kernels of scans: reading columns, and grouping. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ScanKernelBenchmark {
    private static final int COLUMNS = 4;
    private static final int BATCH = 4096;
    private static final int KEYS = 100;
    private static final int GROUPED_BYTES = BATCH * Float.BYTES;

    private SampleFile sample;
    private MappedArray mapped;
    private Leaf leaf;
    private ElementBuffer buffer;
    private final long[] keys = new long[BATCH];
    private final float[] values = new float[BATCH];
    private final int[] rows = new int[BATCH];
    private final int[] groups = new int[BATCH];
    private GroupKeys groupKeys;
    private GroupedStats sums;

    @Setup
    public void open() throws IOException, ZipmapException {
        sample = SampleFile.create("<f4", COLUMNS, Order.C);
        mapped = sample.open();
        leaf = mapped.dtype().leaves().get(0);
        buffer = ElementBuffer.of(mapped.dtype(), BATCH * COLUMNS);
        SplittableRandom random = new SplittableRandom(1);
        for (int row = 0; row < BATCH; row++) {
            keys[row] = random.nextInt(KEYS);
            values[row] = (float) random.nextDouble();
            rows[row] = row;
        }
        groupKeys = new GroupKeys(Short.SIZE);
        sums = new GroupedStats(Set.of(GroupedStats.Part.SUM), false);
    }

    @TearDown
    public void close() throws IOException {
        mapped.close();
        sample.close();
    }

    /** All columns, as they are in storage. */
    @Benchmark
    @OperationsPerInvocation(SampleFile.BYTES)
    public void readAllColumns() throws IOException {
        read(new StridedRange(COLUMNS, COLUMNS, COLUMNS));
    }

    /** One column of four. */
    @Benchmark
    @OperationsPerInvocation(SampleFile.BYTES)
    public void readOneColumnOfFour() throws IOException {
        read(new StridedRange(COLUMNS, 1, 1));
    }

    private void read(StridedRange range) throws IOException {
        for (long row = 0; row < mapped.rows(); row += BATCH) {
            mapped.read(range.moveTo(row * COLUMNS, BATCH, 0), leaf, buffer);
        }
    }

    /** The sum of a float by one of 100 keys. Counts the bytes of the floats. */
    @Benchmark
    @OperationsPerInvocation(GROUPED_BYTES)
    public double sumByKey() {
        groupKeys.add(keys, rows, BATCH, groups);
        sums.grow(groupKeys.size());
        sums.add(values, 0, 1, rows, BATCH, groups);
        return sums.sum(0);
    }
}
