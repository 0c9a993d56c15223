package io.zipmap.job.output;

import io.zipmap.job.stats.LeafKey;
import io.zipmap.stats.ColumnStats;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * The columns with statistics that {@code column_stats} and {@code array_stats} share, behind the columns of their key.
 */
final class StatsColumns {
    /** A column that outputs of older versions lack. */
    static final String VALID_COUNT = "valid_count";

    private static final Map<String, Double> QUANTILES = quantiles();

    private StatsColumns() {}

    private static Map<String, Double> quantiles() {
        Map<String, Double> ranks = new LinkedHashMap<>();
        for (int percent : new int[] {1, 25, 50, 75, 99}) {
            ranks.put(String.format(Locale.ROOT, "p%02d", percent), percent / 100.0);
        }
        return ranks;
    }

    /**
     * {@code exact_min}, {@code exact_max} and {@code exact_sum} are the whole numbers of bool, integers and times;
     * null for floats.
     *
     * @param key the last column of the key, which follows the array
     */
    static StructType schema(String key, boolean quantiles) {
        StructType schema = new StructType()
                .add("archive", DataTypes.StringType, false)
                .add("entry", DataTypes.StringType)
                .add("entry_index", DataTypes.IntegerType, false)
                .add(key, DataTypes.StringType, false)
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

    /** One row of a table with this {@link #schema}. */
    static Row row(LeafKey array, String key, ColumnStats stats, boolean quantiles) {
        Object[] fixed = {
            array.archive(),
            array.entry(),
            array.entryIndex(),
            key,
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
