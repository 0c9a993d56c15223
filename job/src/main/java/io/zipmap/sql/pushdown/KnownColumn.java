package io.zipmap.sql.pushdown;

import org.apache.spark.sql.types.DataType;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * A column whose values the driver knows without reading an array.
 *
 * @param <A> what has one value of the column
 */
interface KnownColumn<A> {
    DataType type();

    /** The value as an object of Spark's rows. */
    @Nullable
    Object value(A subject);

    /** Compares two values of one column as Spark does: texts byte by byte. */
    static int compare(Object one, Object other) {
        if (one instanceof UTF8String text) {
            return text.compareTo((UTF8String) other);
        }
        return one instanceof Long || one instanceof Integer
                ? Long.compare(((Number) one).longValue(), ((Number) other).longValue())
                : ValueRange.compare(one, other);
    }
}
