package io.zipmap.sql.vector;

import java.util.Arrays;
import org.apache.spark.sql.types.DataTypes;

/** int64, and uint32 widened to 64 bits, as BIGINT, never null. */
final class LongVector extends PlainVector {
    private final long[] values;
    private final int base;
    private final int stride;

    LongVector(long[] values, int base, int stride) {
        super(DataTypes.LongType);
        this.values = values;
        this.base = base;
        this.stride = stride;
    }

    @Override
    public long getLong(int rowId) {
        return values[base + rowId * stride];
    }

    @Override
    public long[] getLongs(int rowId, int count) {
        return stride == 1
                ? Arrays.copyOfRange(values, base + rowId, base + rowId + count)
                : super.getLongs(rowId, count);
    }
}
