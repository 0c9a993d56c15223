package io.zipmap.sql.vector;

import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.vectorized.ColumnVector;

/** Integers or floats in a wider type, never null: the values of another vector. */
final class WidenedVector extends PlainVector {
    private final ColumnVector narrow;

    /** @param narrow of integers, or of floats for DOUBLE */
    WidenedVector(DataType type, ColumnVector narrow) {
        super(type);
        this.narrow = narrow;
    }

    @Override
    public short getShort(int rowId) {
        return (short) getLong(rowId);
    }

    @Override
    public int getInt(int rowId) {
        return (int) getLong(rowId);
    }

    @Override
    public long getLong(int rowId) {
        DataType type = narrow.dataType();
        if (type instanceof ByteType) {
            return narrow.getByte(rowId);
        }
        if (type instanceof ShortType) {
            return narrow.getShort(rowId);
        }
        return type instanceof IntegerType ? narrow.getInt(rowId) : narrow.getLong(rowId);
    }

    @Override
    public double getDouble(int rowId) {
        return narrow.getFloat(rowId);
    }

    @Override
    public Decimal getDecimal(int rowId, int precision, int scale) {
        return Decimal.apply(getLong(rowId), precision, scale);
    }
}
