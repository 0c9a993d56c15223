package io.zipmap.job.output;

import io.zipmap.job.extract.Failure;
import io.zipmap.job.stats.ReadCounts;
import io.zipmap.job.stats.TileKey;
import io.zipmap.plan.RunOutput;
import io.zipmap.stats.ColumnStats;
import io.zipmap.stats.TileStats;
import io.zipmap.store.ArrayRecord;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/** The schemas of the published tables, and how records, statistics and failures become their rows. */
public final class Tables {
    public static final String ARRAYS = RunOutput.ARRAYS;
    public static final String COLUMN_STATS = RunOutput.COLUMN_STATS;
    public static final String FAILURES = RunOutput.FAILURES;
    public static final List<String> NAMES = RunOutput.TABLES;

    public static final StructType ARRAYS_SCHEMA = new StructType()
            .add("archive", DataTypes.StringType, false)
            .add("entry", DataTypes.StringType)
            .add("host", DataTypes.StringType, false)
            .add("path", DataTypes.StringType, false)
            .add("offset", DataTypes.LongType, false)
            .add("bytes", DataTypes.LongType, false)
            .add("dtype", DataTypes.StringType, false)
            .add("shape", DataTypes.createArrayType(DataTypes.LongType, false), false)
            .add("order", DataTypes.StringType, false)
            .add("rows", DataTypes.LongType, false)
            .add("columns", DataTypes.LongType, false)
            .add("method", DataTypes.StringType, false)
            .add("crc32", DataTypes.LongType)
            .add("version", DataTypes.StringType, false)
            .add("placed", DataTypes.StringType, false)
            .add("local_reads", DataTypes.LongType, false)
            .add("healed_reads", DataTypes.LongType, false)
            .add("archive_bytes", DataTypes.LongType, false)
            .add("entry_index", DataTypes.IntegerType, false)
            .add("removed", DataTypes.BooleanType, false);

    public static final StructType FAILURES_SCHEMA = new StructType()
            .add("archive", DataTypes.StringType, false)
            .add("entry", DataTypes.StringType)
            .add("entry_index", DataTypes.IntegerType)
            .add("host", DataTypes.StringType, false)
            .add("condition", DataTypes.StringType, false)
            .add("message", DataTypes.StringType, false);

    private static final Map<String, Double> QUANTILES = quantiles();

    private Tables() {}

    private static Map<String, Double> quantiles() {
        Map<String, Double> ranks = new LinkedHashMap<>();
        for (int percent : new int[] {1, 25, 50, 75, 99}) {
            ranks.put(String.format(Locale.ROOT, "p%02d", percent), percent / 100.0);
        }
        return ranks;
    }

    /**
     * {@code exact_min}, {@code exact_max} and {@code exact_sum} are the whole numbers of bool, integer and time
     * columns; null for floats.
     */
    public static StructType columnStatsSchema(boolean quantiles) {
        StructType schema = new StructType()
                .add("archive", DataTypes.StringType, false)
                .add("entry", DataTypes.StringType)
                .add("entry_index", DataTypes.IntegerType, false)
                .add("column", DataTypes.StringType, false)
                .add("count", DataTypes.LongType, false)
                .add("nan_count", DataTypes.LongType, false)
                .add("valid_count", DataTypes.LongType, false)
                .add("min", DataTypes.DoubleType)
                .add("max", DataTypes.DoubleType)
                .add("sum", DataTypes.DoubleType, false)
                .add("mean", DataTypes.DoubleType)
                .add("stddev", DataTypes.DoubleType)
                .add("exact_min", DataTypes.createDecimalType(38, 0))
                .add("exact_max", DataTypes.createDecimalType(38, 0))
                .add("exact_sum", DataTypes.createDecimalType(38, 0));
        for (String quantile : quantiles ? QUANTILES.keySet() : Set.<String>of()) {
            schema = schema.add(quantile, DataTypes.DoubleType);
        }
        return schema;
    }

    public static Row row(ArrayRecord record, ReadCounts reads) {
        return RowFactory.create(
                record.archive().uri(),
                record.entry(),
                record.host(),
                record.path(),
                record.offset(),
                record.bytes(),
                record.layout().dtype().toString(),
                record.layout().shape().toArray(),
                record.layout().order().letter(),
                record.layout().shape().rows(),
                record.layout().shape().columns(),
                record.method(),
                record.crc32() < 0 ? null : record.crc32(),
                record.archive().generation(),
                record.placed().label(),
                reads.local(),
                reads.healed(),
                record.archive().length(),
                record.entryIndex(),
                false);
    }

    /** With every column that it may have. */
    static StructType schema(String name) {
        return switch (name) {
            case ARRAYS -> ARRAYS_SCHEMA;
            case COLUMN_STATS -> columnStatsSchema(true);
            case FAILURES -> FAILURES_SCHEMA;
            default -> throw new IllegalArgumentException("Not a table of a run: " + name);
        };
    }

    public static Row row(Failure failure) {
        return RowFactory.create(
                failure.archive(),
                failure.entry(),
                failure.entryIndex().isPresent() ? failure.entryIndex().getAsInt() : null,
                failure.host(),
                failure.condition(),
                failure.message());
    }

    /** A row a column of the tile, made one at a time. */
    public static Iterator<Row> rows(Tuple2<TileKey, TileStats> stats, boolean quantiles) {
        return IntStream.range(0, stats._2().columns())
                .mapToObj(i -> row(stats._1(), i, stats._2().column(i), quantiles))
                .iterator();
    }

    private static Row row(TileKey tile, int i, ColumnStats stats, boolean quantiles) {
        Object[] fixed = {
            tile.archive(),
            tile.entry(),
            tile.entryIndex(),
            tile.column(i),
            stats.count(),
            stats.nanCount(),
            stats.count() - stats.nanCount(),
            nullable(stats.min()),
            nullable(stats.max()),
            stats.sum(),
            nullable(stats.mean()),
            nullable(stats.stddev()),
            decimal(stats.exactMin()),
            decimal(stats.exactMax()),
            decimal(stats.exactSum())
        };
        if (!quantiles) {
            return RowFactory.create(fixed);
        }
        return RowFactory.create(Stream.concat(
                        Arrays.stream(fixed), QUANTILES.values().stream().map(rank -> nullable(stats.quantile(rank))))
                .toArray());
    }

    private static @Nullable Double nullable(OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : null;
    }

    private static @Nullable BigDecimal decimal(Optional<BigInteger> exact) {
        return exact.map(BigDecimal::new).orElse(null);
    }
}
