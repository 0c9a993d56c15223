package io.zipmap.sql.vector;

import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * A column with the same value, or null, in every row of a row group: {@code _archive}, {@code _entry}, a partition
 * column, or a member that a merged archive lacks. A date is an INT, a timestamp a BIGINT.
 */
public final class ConstantVector extends PlainVector {
    private final @Nullable Object value;

    /** @param value an object of Spark's rows; null if every row is null */
    public ConstantVector(DataType type, @Nullable Object value) {
        super(type);
        this.value = value;
    }

    @Override
    public boolean hasNull() {
        return value == null;
    }

    @Override
    public int numNulls() {
        return value == null ? Integer.MAX_VALUE : 0;
    }

    @Override
    public boolean isNullAt(int rowId) {
        return value == null;
    }

    @Override
    public int getInt(int rowId) {
        return value == null ? 0 : (Integer) value;
    }

    @Override
    public long getLong(int rowId) {
        return value == null ? 0 : (Long) value;
    }

    @Override
    public double getDouble(int rowId) {
        return value == null ? 0 : (Double) value;
    }

    @Override
    @SuppressWarnings("NullAway") // Spark expects null for a null value
    public Decimal getDecimal(int rowId, int precision, int scale) {
        return (Decimal) value;
    }

    @Override
    @SuppressWarnings("NullAway") // Spark expects null for a null value
    public UTF8String getUTF8String(int rowId) {
        return (UTF8String) value;
    }
}
