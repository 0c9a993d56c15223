package io.zipmap.tools;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.array.ArrayLayout;
import io.zipmap.array.Dtype;
import io.zipmap.array.Order;
import io.zipmap.array.RawLayout;
import io.zipmap.array.Shape;
import io.zipmap.job.output.OutputFailure;
import io.zipmap.options.Option;
import io.zipmap.options.OptionValues;
import io.zipmap.plan.DriverThreads;
import io.zipmap.plan.Progress;
import io.zipmap.plan.Work;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/**
 * The command {@code generate}: writes sample archives {@code file_1.zip}, {@code file_2.zip}, … with one array each.
 * Immutable.
 */
public final class SampleJob {
    /** Each archive is a Spark task, and the driver keeps the state of every task. */
    private static final int MAX_COUNT = 1_000_000;

    private static final String STAGE = "generate";

    private final String folder;
    private final int count;
    private final long bytes;
    private final SampleArchives archives;

    private SampleJob(OptionValues values) throws ZipmapException {
        Dtype dtype = dtype(values.required(Option.DTYPE));
        long[] axes = requireKnownAxes(RawLayout.parseAxes(values.required(Option.SHAPE)));
        Order order = values.word(Option.ORDER).equals("C") ? Order.C : Order.FORTRAN;
        RawLayout.of(dtype, axes, order);
        Shape shape = Shape.of(axes);
        SampleArray.Values kind =
                SampleArray.Values.valueOf(values.word(Option.VALUES).toUpperCase(Locale.ROOT));
        folder = values.required(Option.OUTPUT);
        count = count(values.number(Option.COUNT));
        SampleArray array = new SampleArray(new ArrayLayout(dtype, shape, order), kind, values.number(Option.SEED));
        bytes = count * array.layout().bytes();
        archives = new SampleArchives(
                folder,
                array,
                values.word(Option.CONTAINER).equals("npz"),
                values.word(Option.METHOD).equals("stored"));
    }

    /** @throws ZipmapException {@code OPTION_INVALID} */
    public static SampleJob of(OptionValues values) throws ZipmapException {
        return new SampleJob(values);
    }

    private static Dtype dtype(String text) throws ZipmapException {
        try {
            Dtype dtype = Dtype.parse(text, ByteOrder.LITTLE_ENDIAN);
            if (dtype.kind().isPlain()) {
                return dtype;
            }
            throw new ZipmapException(Condition.DTYPE_UNSUPPORTED, "Cannot make samples of " + dtype)
                    .expected("bool, int8 to int64, uint8 to uint64, float16, float32 or float64");
        } catch (ZipmapException e) {
            throw new ZipmapException(Condition.OPTION_INVALID, "Invalid value of " + Option.DTYPE.flag() + ": " + text)
                    .because(e);
        }
    }

    private static int count(long count) throws ZipmapException {
        if (count < 1 || count > MAX_COUNT) {
            throw new ZipmapException(
                            Condition.OPTION_INVALID, "Invalid value of " + Option.COUNT.flag() + ": " + count)
                    .expected("a whole number from 1 to " + MAX_COUNT);
        }
        return (int) count;
    }

    private static long[] requireKnownAxes(long[] axes) throws ZipmapException {
        if (Arrays.stream(axes).anyMatch(axis -> axis < 0)) {
            throw new ZipmapException(
                            Condition.OPTION_INVALID,
                            "Invalid value of " + Option.SHAPE.flag() + ": " + Arrays.toString(axes))
                    .expected("every axis of at least 0");
        }
        return axes;
    }

    public String folder() {
        return folder;
    }

    public int count() {
        return count;
    }

    /** The bytes of all arrays. */
    public long bytes() {
        return bytes;
    }

    /**
     * Writes the archives that do not exist yet, in threads of this process. An archive gets its name when it is
     * complete.
     *
     * @return the number of archives written; empty, with none written, if a Spark application must write them
     */
    public OptionalLong writeMissingInThreads(Progress progress) throws IOException {
        Optional<DriverThreads> threads = DriverThreads.forWriting(List.of(folder));
        if (threads.isEmpty()) {
            return OptionalLong.empty();
        }
        Configuration configuration = threads.get().configuration();
        LongAdder written = new LongAdder();
        return OutputFailure.naming(folder, () -> {
            threads.get()
                    .forEach(
                            progress,
                            STAGE,
                            numbers(),
                            number -> archives.writeIfMissing(configuration, number),
                            isNew -> written.add(isNew ? 1 : 0));
            return OptionalLong.of(written.sum());
        });
    }

    /** As {@link #writeMissingInThreads}, but writes each archive in a task of Spark. */
    public long writeMissing(SparkSession session, Progress progress) throws IOException {
        JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
        Broadcast<SerializableConfiguration> hadoop =
                spark.broadcast(new SerializableConfiguration(spark.hadoopConfiguration()));
        spark.setCallSite(STAGE);
        progress.begin(STAGE, Work.ofArchives(count));
        try {
            return OutputFailure.naming(
                    folder,
                    () -> spark.parallelize(numbers(), count)
                            .filter(new SampleTask(hadoop, archives))
                            .count());
        } finally {
            progress.end();
            spark.clearCallSite();
        }
    }

    private List<Integer> numbers() {
        return IntStream.rangeClosed(1, count).boxed().toList();
    }
}
