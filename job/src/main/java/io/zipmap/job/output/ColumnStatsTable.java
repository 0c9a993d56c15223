package io.zipmap.job.output;

import io.zipmap.job.stats.Aggregation;
import io.zipmap.job.stats.TileKey;
import io.zipmap.stats.ColumnStats;
import io.zipmap.stats.TileStats;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/** The table {@code column_stats}: one row for each column of an array that has statistics. */
public final class ColumnStatsTable {
    /** A column that outputs of older versions lack. */
    static final String VALID_COUNT = "valid_count";

    private static final Map<String, Double> QUANTILES = quantiles();

    private ColumnStatsTable() {}

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
    public static StructType schema(boolean quantiles) {
        StructType schema = new StructType()
                .add("archive", DataTypes.StringType, false)
                .add("entry", DataTypes.StringType)
                .add("entry_index", DataTypes.IntegerType, false)
                .add("column", DataTypes.StringType, false)
                .add("count", DataTypes.LongType, false)
                .add("nan_count", DataTypes.LongType, false)
                .add(VALID_COUNT, DataTypes.LongType, false)
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

    /** @param quantiles whether the aggregation has computed them */
    public static Dataset<Row> of(SparkSession session, Aggregation aggregation, boolean quantiles) {
        return InternalRows.dataset(session, rows(aggregation, quantiles), schema(quantiles));
    }

    /** The rows of the table, with the columns of {@link #schema}. */
    public static JavaRDD<Row> rows(Aggregation aggregation, boolean quantiles) {
        return aggregation.tiles().flatMap(tile -> rows(tile, quantiles));
    }

    /** A row for each column of the tile, made when the iterator reaches it. */
    private static Iterator<Row> rows(Tuple2<TileKey, TileStats> stats, boolean quantiles) {
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
