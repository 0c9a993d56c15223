package io.zipmap.sql.vector;

import org.apache.spark.sql.types.DataTypes;

/** bool as BOOLEAN, never null. Byte 0 is false, every other byte is true. */
final class BoolVector extends PlainVector {
    private final byte[] values;
    private final int base;
    private final int stride;

    BoolVector(byte[] values, int base, int stride) {
        super(DataTypes.BooleanType);
        this.values = values;
        this.base = base;
        this.stride = stride;
    }

    @Override
    public boolean getBoolean(int rowId) {
        return values[base + rowId * stride] != 0;
    }
}
