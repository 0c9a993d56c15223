package io.zipmap.bench;

import io.zipmap.ZipmapException;
import io.zipmap.array.Order;
import io.zipmap.mapped.MappedArray;
import io.zipmap.stats.StatsKernel;
import io.zipmap.stats.Tile;
import io.zipmap.stats.ZoneMap;
import java.io.IOException;
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
import org.openjdk.jmh.annotations.TearDown;

/** Bytes a nanosecond of the kernels of the map stage and of zone maps. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(SampleFile.BYTES)
public class StatisticsKernelBenchmark {
    private static final int COLUMNS = 4;
    private static final int ZONE_ROWS = 1 << 16;

    /** The dtype and the order of storage. */
    @Param({"<f4_C", "<f4_F", ">f4_C", "<f8_C", "|i1_C", "<i2_C", "<i4_C"})
    private String array = "";

    private SampleFile sample;
    private MappedArray mapped;

    @Setup
    public void open() throws IOException, ZipmapException {
        String[] words = array.split("_");
        sample = SampleFile.create(words[0], COLUMNS, words[1].equals("C") ? Order.C : Order.FORTRAN);
        mapped = sample.open();
    }

    @TearDown
    public void close() throws IOException {
        mapped.close();
        sample.close();
    }

    /** Statistics of each column. */
    @Benchmark
    public Object statistics() throws IOException {
        return StatsKernel.compute(mapped, 0, mapped.rows(), Tile.of(0, COLUMNS));
    }

    /** A zone map of each column. */
    @Benchmark
    public Object zoneMap() throws IOException {
        return new ZoneMap(0, mapped.rows(), ZONE_ROWS, Tile.of(0, COLUMNS)).compute(mapped, () -> false);
    }
}
