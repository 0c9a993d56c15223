package io.zipmap.sql.vector;

import io.zipmap.array.Dtype;
import org.apache.spark.sql.types.DataTypes;

/**
 * datetime64[ns] as TIMESTAMP_NTZ, rounded down to microseconds as numpy does it, before 1970 too; NaT is null. The
 * years 1677 to 2262.
 */
final class NanosecondVector extends PlainVector {
    private static final long NANOS_PER_MICRO = 1000;

    private final long[] values;
    private final int base;
    private final int stride;

    NanosecondVector(long[] values, int base, int stride) {
        super(DataTypes.TimestampNTZType);
        this.values = values;
        this.base = base;
        this.stride = stride;
    }

    @Override
    public boolean hasNull() {
        return true;
    }

    @Override
    public int numNulls() {
        return values.length;
    }

    @Override
    public boolean isNullAt(int rowId) {
        return values[base + rowId * stride] == Dtype.NOT_A_TIME;
    }

    @Override
    public long getLong(int rowId) {
        return Math.floorDiv(values[base + rowId * stride], NANOS_PER_MICRO);
    }
}
