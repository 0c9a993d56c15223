package io.zipmap.sql.pushdown;

import io.zipmap.stats.ColumnStats;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.ShortType;

/**
 * Converts statistics of a column into the values that Spark would compute from the rows, as objects of Spark's rows.
 * In Spark NaN is the greatest value, and a sum with NaN is NaN; {@link ColumnStats} counts NaN apart.
 */
final class SparkValues {
    private SparkValues() {}

    static Object min(ColumnStats stats, DataType type) {
        return isFloating(type)
                ? floating(stats.min(), false, type)
                : whole(stats.exactMin().orElseThrow(), type);
    }

    static Object max(ColumnStats stats, DataType type) {
        return isFloating(type)
                ? floating(stats.max(), stats.nanCount() > 0, type)
                : whole(stats.exactMax().orElseThrow(), type);
    }

    /**
     * The ranges that hold all values: the range of the numbers, if there are numbers, and NaN alone, if there is NaN.
     */
    static List<ValueRange> ranges(ColumnStats stats, DataType type) {
        if (!isFloating(type)) {
            return List.of(range(stats, type));
        }
        List<ValueRange> ranges = new ArrayList<>();
        if (stats.nanCount() < stats.count()) {
            ranges.add(new ValueRange(floating(stats.min(), false, type), floating(stats.max(), false, type)));
        }
        if (stats.nanCount() > 0) {
            ranges.add(new ValueRange(floating(stats.min(), true, type), floating(stats.max(), true, type)));
        }
        return ranges;
    }

    /** The range of all values, NaN included. */
    static ValueRange range(ColumnStats stats, DataType type) {
        return new ValueRange(min(stats, type), max(stats, type));
    }

    /** @param type double, or bigint if the sum fits into one */
    static Object sum(ColumnStats stats, DataType type) {
        if (isFloating(type)) {
            return stats.nanCount() > 0 ? Double.NaN : stats.sum();
        }
        return stats.exactSum().orElseThrow().longValueExact();
    }

    /** The sum as a double. */
    static double total(ColumnStats stats) {
        return stats.nanCount() > 0 ? Double.NaN : stats.sum();
    }

    /** The mean of at least one value. */
    static double mean(ColumnStats stats) {
        return stats.nanCount() > 0 ? Double.NaN : stats.mean().orElse(Double.NaN);
    }

    /** The sum of the squared deviations from the mean. */
    static double deviation(ColumnStats stats) {
        return stats.nanCount() > 0 ? Double.NaN : stats.squaredDeviations();
    }

    private static boolean isFloating(DataType type) {
        return type.equals(DataTypes.FloatType) || type.equals(DataTypes.DoubleType);
    }

    private static Object floating(OptionalDouble found, boolean nan, DataType type) {
        return floating(nan ? Double.NaN : found.orElse(Double.NaN), type);
    }

    /** @param type float or double */
    static Object floating(double value, DataType type) {
        if (type.equals(DataTypes.FloatType)) {
            return (float) value;
        }
        return value;
    }

    /** @param type of integers, or BOOLEAN for 0 and 1 */
    static Object whole(long value, DataType type) {
        if (type instanceof LongType) {
            return value;
        }
        if (type instanceof IntegerType) {
            return Math.toIntExact(value);
        }
        return whole(BigInteger.valueOf(value), type);
    }

    private static Object whole(BigInteger value, DataType type) {
        if (type instanceof BooleanType) {
            return value.signum() != 0;
        }
        if (type instanceof ByteType) {
            return value.byteValueExact();
        }
        if (type instanceof ShortType) {
            return value.shortValueExact();
        }
        if (type instanceof IntegerType) {
            return value.intValueExact();
        }
        if (type instanceof DecimalType decimal) {
            return Decimal.apply(new BigDecimal(value), decimal.precision(), decimal.scale());
        }
        return value.longValueExact();
    }
}
