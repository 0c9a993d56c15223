package io.zipmap.sql.vector;

import org.apache.spark.sql.types.DataTypes;

/** uint16 as INT, never null: 0 to 65535. */
final class UnsignedShortVector extends PlainVector {
    private final short[] values;
    private final int base;
    private final int stride;

    UnsignedShortVector(short[] values, int base, int stride) {
        super(DataTypes.IntegerType);
        this.values = values;
        this.base = base;
        this.stride = stride;
    }

    @Override
    public int getInt(int rowId) {
        return values[base + rowId * stride] & 0xffff;
    }
}
