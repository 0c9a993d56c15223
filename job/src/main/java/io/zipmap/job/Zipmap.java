package io.zipmap.job;

import io.zipmap.ZipmapException;
import io.zipmap.job.extract.ArrayRecords;
import io.zipmap.job.extract.PipelineSettings;
import io.zipmap.options.Option;
import io.zipmap.options.OptionValues;
import io.zipmap.options.UnknownOptions;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import scala.jdk.javaapi.CollectionConverters;

/**
 * zipmap from Java. Immutable: every option gives a new one.
 *
 * <pre>{@code
 * Zipmap zipmap = Zipmap.on(spark).dtype("float32").shape(-1, 4);
 * try (ArrayRecords records = zipmap.extract("hdfs:///data/*.zip")) {
 *     zipmap.columnStats(records).show();
 *     zipmap.mapArrays(records, (record, array) -> array.getDouble(0, 0)).collect();
 * }
 * }</pre>
 *
 * <p>Options not given here come from Spark's configuration ({@code spark.zipmap.*}), then from their defaults.
 */
public final class Zipmap {
    private final SparkSession session;
    private final Map<Option, List<String>> options;

    private Zipmap(SparkSession session, Map<Option, List<String>> options) {
        this.session = session;
        this.options = options;
    }

    public static Zipmap on(SparkSession session) {
        return new Zipmap(session, new EnumMap<>(Option.class));
    }

    /** Sets any option, in the words of the command line. */
    public Zipmap option(Option option, String... texts) {
        Map<Option, List<String>> more = new EnumMap<>(options);
        more.put(option, List.of(texts));
        return new Zipmap(session, more);
    }

    /** @param dtype of raw entries: {@code float32}, {@code <f4} */
    public Zipmap dtype(String dtype) {
        return option(Option.DTYPE, dtype);
    }

    /** @param axes shape of raw entries; one may be -1 */
    public Zipmap shape(long... axes) {
        return option(Option.SHAPE, LongStream.of(axes).mapToObj(Long::toString).collect(Collectors.joining(",")));
    }

    /**
     * Extracts archives on the executors. Bad entries are in {@link ArrayRecords#failures}, unless {@code onError} is
     * {@code fail}.
     *
     * @param inputs files, folders, globs, and {@code @FILE}: a list of these
     * @throws ZipmapException when an option or an input cannot be used
     */
    public ArrayRecords extract(String... inputs) throws IOException {
        Pipeline pipeline = pipeline();
        return pipeline.extractAll(pipeline.plan(List.of(inputs)));
    }

    /** The table {@code arrays}. */
    public Dataset<Row> arrays(ArrayRecords records) throws ZipmapException {
        return pipeline().arrays(records);
    }

    /**
     * The table {@code column_stats}, aggregated where the files are; lazy, as Spark's tables are. There is no table of
     * failures here: an array that cannot be read any more fails the query.
     */
    public Dataset<Row> columnStats(ArrayRecords records) throws IOException {
        Pipeline pipeline = option(Option.ON_ERROR, "fail").pipeline();
        return pipeline.columnStats(pipeline.aggregateLazily(records));
    }

    /** Calls {@code function} with each array, mapped, on the node that holds it; lazy, as RDDs are. */
    public <R> JavaRDD<R> mapArrays(ArrayRecords records, ArrayFunction<R> function) throws ZipmapException {
        return pipeline().map(records, function);
    }

    private Pipeline pipeline() throws ZipmapException {
        UnknownOptions.refuse(
                CollectionConverters.asJava(session.conf().getAll()).keySet());
        return new Pipeline(
                session,
                PipelineSettings.of(
                        OptionValues.resolve(options, key -> session.conf().get(key, null), Map.of())));
    }
}
