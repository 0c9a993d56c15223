package io.zipmap.job;

import io.zipmap.ZipmapException;
import io.zipmap.job.extract.ArrayRecords;
import io.zipmap.job.extract.PipelineSettings;
import io.zipmap.job.output.ArrayStatsTable;
import io.zipmap.job.output.ArraysTable;
import io.zipmap.job.output.ColumnStatsTable;
import io.zipmap.job.stats.Aggregation;
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
 * The Java API of zipmap. Immutable: setting an option returns a new instance.
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

    /** Sets any option. Its texts are those of the command line. */
    public Zipmap option(Option option, String... texts) {
        Map<Option, List<String>> more = new EnumMap<>(options);
        more.put(option, List.of(texts));
        return new Zipmap(session, more);
    }

    /** @param dtype of raw entries, such as {@code float32} or {@code <f4} */
    public Zipmap dtype(String dtype) {
        return option(Option.DTYPE, dtype);
    }

    /** @param axes shape of raw entries; one axis may be -1 */
    public Zipmap shape(long... axes) {
        return option(Option.SHAPE, LongStream.of(axes).mapToObj(Long::toString).collect(Collectors.joining(",")));
    }

    /**
     * Extracts archives on the executors, now. Bad entries become {@link ArrayRecords#failures}, unless {@code onError}
     * is {@code fail}. The caller closes the result.
     *
     * @param inputs files, folders, globs, and {@code @FILE}, a text file with one of these a line
     * @throws ZipmapException if an option or an input is invalid
     */
    public ArrayRecords extract(String... inputs) throws IOException {
        Pipeline pipeline = pipeline();
        return pipeline.extractAll(pipeline.plan(List.of(inputs)));
    }

    /** The table {@code arrays}. */
    public Dataset<Row> arrays(ArrayRecords records) throws ZipmapException {
        settings(); // Refuses invalid options, as every method does.
        return ArraysTable.extracted(session, records);
    }

    /**
     * The table {@code column_stats}, aggregated lazily on the executors that hold the arrays. An array that can no
     * longer be read fails the query, because there is no table of failures here.
     */
    public Dataset<Row> columnStats(ArrayRecords records) throws IOException {
        PipelineSettings settings = option(Option.ON_ERROR, "fail").settings();
        Aggregation lazy = new Pipeline(session, settings).aggregateLazily(records, true);
        return ColumnStatsTable.of(session, lazy, settings.quantiles());
    }

    /** The table {@code array_stats}, aggregated as {@link #columnStats}. */
    public Dataset<Row> arrayStats(ArrayRecords records) throws IOException {
        PipelineSettings settings = option(Option.ON_ERROR, "fail").settings();
        Aggregation lazy = new Pipeline(session, settings).aggregateLazily(records, false);
        return ArrayStatsTable.of(session, lazy, settings.quantiles());
    }

    /** Calls {@code function} with each array, mapped, on the node that holds it. Lazy, as RDDs are. */
    public <R> JavaRDD<R> mapArrays(ArrayRecords records, ArrayFunction<R> function) throws ZipmapException {
        return pipeline().mapArrays(records, function);
    }

    private Pipeline pipeline() throws ZipmapException {
        return new Pipeline(session, settings());
    }

    /** Resolves all options anew, because Spark's configuration may have changed. */
    private PipelineSettings settings() throws ZipmapException {
        UnknownOptions.refuse(
                CollectionConverters.asJava(session.conf().getAll()).keySet());
        return PipelineSettings.of(
                OptionValues.resolve(options, key -> session.conf().get(key, null), Map.of()));
    }
}
