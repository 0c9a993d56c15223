package io.zipmap.sql.vector;

import io.zipmap.stats.GroupedStats;
import io.zipmap.stats.ValueStats;
import io.zipmap.stats.ValueSum;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarArray;
import org.apache.spark.sql.vectorized.ColumnarMap;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Base of the vectors of this package: a vector without nulls whose getters all throw. A subclass overrides the getter
 * of its one type, and the null methods if its values can be null. A vector owns no memory.
 */
public abstract class PlainVector extends ColumnVector {
    PlainVector(DataType type) {
        super(type);
    }

    /**
     * Keeps the rows whose values are in a set, as {@link ValueSet#select} describes it. This one is for times; vectors
     * of numbers override it by a loop over their array. IS NULL and IS NOT NULL read no time, because a time out of
     * range ends the query.
     */
    int select(KeySet set, int[] rows, int count) {
        int kept = 0;
        for (int j = 0; j < count; j++) {
            int row = rows[j];
            rows[kept] = row;
            kept += (isNullAt(row)
                            ? set.hasNull()
                            : set.isDecidedByNull() ? set.contains(0) : set.contains(getLong(row)))
                    ? 1
                    : 0;
        }
        return kept;
    }

    /** As {@link #select}, as {@link ValueSet#selectAll} describes it. */
    int selectAll(KeySet set, int[] rows, int count) {
        ValueSet.numberRows(rows, count);
        return select(set, rows, count);
    }

    /** Whether these sorted rows are all from row 0 on: a loop over them need not read their numbers. */
    static boolean areAll(int[] rows, int count) {
        return count > 0 && rows[count - 1] == count - 1;
    }

    /** Whether these sorted rows are at least half of the rows from 0 to the last one. */
    static boolean areMost(int[] rows, int count) {
        return count > 0 && rows[count - 1] < 2 * count;
    }

    /** Adds the values of these rows to statistics. Only for numbers and bools. */
    public void addTo(ValueStats stats, int[] rows, int count) {
        throw unsupported("a number");
    }

    /** Adds the values of these rows to a sum. Only for FLOAT and DOUBLE. */
    public void addTo(ValueSum sum, int[] rows, int count) {
        throw unsupported("a floating-point number");
    }

    /** Adds the values of these rows to those of their groups. Only for BIGINT, FLOAT and DOUBLE. */
    public void addTo(GroupedStats stats, int[] rows, int count, int[] groups) {
        throw unsupported("a value of a group");
    }

    /** Copies the values of these rows, each to the index of its row. Only for bools and integers. */
    public void copyTo(long[] to, int[] rows, int count) {
        throw unsupported("integers");
    }

    /**
     * Copies the keys of the values of these rows, as {@link KeySet} orders them, in the order of the row numbers. Only
     * for BIGINT, FLOAT and DOUBLE.
     */
    public void keys(long[] to, int[] rows, int count) {
        throw unsupported("keys");
    }

    /** Appends the lowest bits of the values of these rows to keys, by row number. Only for BIGINT. */
    public void appendTo(long[] keys, int bits, int[] rows, int count) {
        throw unsupported("keys");
    }

    /** Copies the values of these rows, each to the index of its row. Only for BIGINT and DOUBLE. */
    void copyTo(float[] to, int[] rows, int count) {
        throw unsupported("float");
    }

    /** Copies the values of these rows, each to the index of its row. Only for BIGINT and FLOAT. */
    void copyTo(double[] to, int[] rows, int count) {
        throw unsupported("double");
    }

    /**
     * Copies the values of these rows without their fractions, each to the index of its row. Only for BIGINT, FLOAT and
     * DOUBLE.
     *
     * @param type of integers
     * @throws ArithmeticException as Spark in ANSI mode, if a value is out of the range of the type
     */
    void narrow(DataType type, long[] to, int[] rows, int count) {
        throw unsupported(type.sql());
    }

    /** Does nothing: Spark closes vectors after each batch, and they are read again in the next. */
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
        throw unsupported("boolean");
    }

    @Override
    public byte getByte(int rowId) {
        throw unsupported("byte");
    }

    @Override
    public short getShort(int rowId) {
        throw unsupported("short");
    }

    @Override
    public int getInt(int rowId) {
        throw unsupported("int");
    }

    @Override
    public long getLong(int rowId) {
        throw unsupported("long");
    }

    @Override
    public float getFloat(int rowId) {
        throw unsupported("float");
    }

    @Override
    public double getDouble(int rowId) {
        throw unsupported("double");
    }

    @Override
    public ColumnarArray getArray(int rowId) {
        throw unsupported("array");
    }

    @Override
    public ColumnarMap getMap(int ordinal) {
        throw unsupported("map");
    }

    @Override
    public Decimal getDecimal(int rowId, int precision, int scale) {
        throw unsupported("decimal");
    }

    @Override
    public UTF8String getUTF8String(int rowId) {
        throw unsupported("string");
    }

    @Override
    public byte[] getBinary(int rowId) {
        throw unsupported("binary");
    }

    @Override
    public ColumnVector getChild(int ordinal) {
        throw unsupported("struct");
    }

    private UnsupportedOperationException unsupported(String type) {
        return new UnsupportedOperationException(
                "Cannot read a column of " + dataType().simpleString() + " as " + type);
    }
}
