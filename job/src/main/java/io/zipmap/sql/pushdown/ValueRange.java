package io.zipmap.sql.pushdown;

import java.math.BigDecimal;
import org.apache.spark.sql.types.Decimal;

/** All values from {@code low} to {@code high}, both included, in the objects and in the order of Spark. Immutable. */
record ValueRange(Object low, Object high) {
    boolean has(Object value) {
        return compare(low, value) <= 0 && compare(value, high) <= 0;
    }

    /** Whether there is no other value. */
    boolean isOnly(Object value) {
        return compare(low, value) == 0 && compare(value, high) == 0;
    }

    /** Of two values of one type. NaN is greater than all others, and -0.0 is 0.0. */
    static int compare(Object one, Object other) {
        if (one instanceof Double || one instanceof Float) {
            // Adding makes 0.0 of -0.0.
            return Double.compare(((Number) one).doubleValue() + 0.0, ((Number) other).doubleValue() + 0.0);
        }
        if (one instanceof Boolean) {
            return Boolean.compare((Boolean) one, (Boolean) other);
        }
        return exact(one).compareTo(exact(other));
    }

    private static BigDecimal exact(Object value) {
        return value instanceof Decimal decimal
                ? decimal.toJavaBigDecimal()
                : BigDecimal.valueOf(((Number) value).longValue());
    }
}
