package io.zipmap.sql.vector;

import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarArray;
import org.apache.spark.sql.vectorized.ColumnarMap;
import org.apache.spark.unsafe.types.UTF8String;

/** A vector without nulls that owns nothing, and refuses every type but the one that its subclass gives. */
abstract class PlainVector extends ColumnVector {
    PlainVector(DataType type) {
        super(type);
    }

    /** Spark closes vectors after each batch, and these are filled again. */
    @Override
    public void close() {}

    @Override
    public boolean hasNull() {
        return false;
    }

    @Override
    public int numNulls() {
        return 0;
    }

    @Override
    public boolean isNullAt(int rowId) {
        return false;
    }

    @Override
    public boolean getBoolean(int rowId) {
        throw refuse("boolean");
    }

    @Override
    public byte getByte(int rowId) {
        throw refuse("byte");
    }

    @Override
    public short getShort(int rowId) {
        throw refuse("short");
    }

    @Override
    public int getInt(int rowId) {
        throw refuse("int");
    }

    @Override
    public long getLong(int rowId) {
        throw refuse("long");
    }

    @Override
    public float getFloat(int rowId) {
        throw refuse("float");
    }

    @Override
    public double getDouble(int rowId) {
        throw refuse("double");
    }

    @Override
    public ColumnarArray getArray(int rowId) {
        throw refuse("array");
    }

    @Override
    public ColumnarMap getMap(int ordinal) {
        throw refuse("map");
    }

    @Override
    public Decimal getDecimal(int rowId, int precision, int scale) {
        throw refuse("decimal");
    }

    @Override
    public UTF8String getUTF8String(int rowId) {
        throw refuse("string");
    }

    @Override
    public byte[] getBinary(int rowId) {
        throw refuse("binary");
    }

    @Override
    public ColumnVector getChild(int ordinal) {
        throw refuse("struct");
    }

    private UnsupportedOperationException refuse(String as) {
        return new UnsupportedOperationException(
                "Cannot read a column of " + dataType().simpleString() + " as " + as);
    }
}
