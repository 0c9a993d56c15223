package io.zipmap.sql.vector;

import org.apache.spark.sql.types.DataTypes;

/** uint8 as SMALLINT, never null: 0 to 255. */
final class UnsignedByteVector extends PlainVector {
    private final byte[] values;
    private final int base;
    private final int stride;

    UnsignedByteVector(byte[] values, int base, int stride) {
        super(DataTypes.ShortType);
        this.values = values;
        this.base = base;
        this.stride = stride;
    }

    @Override
    public short getShort(int rowId) {
        return (short) (values[base + rowId * stride] & 0xff);
    }
}
