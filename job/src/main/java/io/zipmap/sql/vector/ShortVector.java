package io.zipmap.sql.vector;

import java.util.Arrays;
import org.apache.spark.sql.types.DataTypes;

/** int16 as SMALLINT, never null: -32768 to 32767. */
final class ShortVector extends PlainVector {
    private final short[] values;
    private final int base;
    private final int stride;

    ShortVector(short[] values, int base, int stride) {
        super(DataTypes.ShortType);
        this.values = values;
        this.base = base;
        this.stride = stride;
    }

    @Override
    public short getShort(int rowId) {
        return values[base + rowId * stride];
    }

    @Override
    public short[] getShorts(int rowId, int count) {
        return stride == 1
                ? Arrays.copyOfRange(values, base + rowId, base + rowId + count)
                : super.getShorts(rowId, count);
    }
}
