package io.zipmap.sql.pushdown;

import java.math.BigDecimal;
import org.apache.spark.sql.types.Decimal;

/**
 * The values from {@code low} to {@code high}, both included, as objects of Spark's rows and in Spark's order: NaN is
 * greater than every number, and -0.0 equals 0.0. Immutable.
 */
record ValueRange(Object low, Object high) {
    boolean contains(Object value) {
        return compare(low, value) <= 0 && compare(value, high) <= 0;
    }

    /** Whether {@code value} is the only value of this range. */
    boolean isOnly(Object value) {
        return compare(low, value) == 0 && compare(value, high) == 0;
    }

    /** Compares two values of one type. */
    static int compare(Object one, Object other) {
        if (one instanceof Double || one instanceof Float) {
            // -0.0 + 0.0 is 0.0
            return Double.compare(((Number) one).doubleValue() + 0.0, ((Number) other).doubleValue() + 0.0);
        }
        if (one instanceof Boolean) {
            return Boolean.compare((Boolean) one, (Boolean) other);
        }
        return decimal(one).compareTo(decimal(other));
    }

    private static BigDecimal decimal(Object value) {
        return value instanceof Decimal decimal
                ? decimal.toJavaBigDecimal()
                : BigDecimal.valueOf(((Number) value).longValue());
    }
}
