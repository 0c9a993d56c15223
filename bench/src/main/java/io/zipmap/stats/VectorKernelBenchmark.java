package io.zipmap.stats;

import io.zipmap.ZipmapException;
import io.zipmap.array.Order;
import io.zipmap.bench.SampleFile;
import io.zipmap.mapped.MappedArray;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Bytes a nanosecond of the statistics of floats, in a JVM with the Vector API, after the kernel is compiled. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(SampleFile.BYTES)
@Fork(jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class VectorKernelBenchmark {
    private static final int COLUMNS = 4;

    /** The dtype and the order of storage. */
    @Param({"<f4_C", "<f4_F", ">f4_C"})
    private String array = "";

    private SampleFile sample;
    private MappedArray mapped;

    @Setup
    public void open() throws IOException, ZipmapException {
        String[] words = array.split("_");
        sample = SampleFile.create(words[0], COLUMNS, words[1].equals("C") ? Order.C : Order.FORTRAN);
        mapped = sample.open();
        // The compilation compares with the plain loop, which has run for long wherever it starts.
        vectorStatistics();
        LaneKernels.OF_PROCESS.compile();
        if (LaneKernels.OF_PROCESS.forBytes(0) instanceof PlainLanes) {
            System.out.println("# The plain loop is measured: this JVM has no Vector API, as with -f 0");
        }
    }

    @TearDown
    public void close() throws IOException {
        mapped.close();
        sample.close();
    }

    /** Statistics of each column. */
    @Benchmark
    public Object vectorStatistics() throws IOException {
        return StatsKernel.compute(mapped, 0, mapped.rows(), Tile.of(0, COLUMNS));
    }
}
