package io.zipmap.sql.vector;

import io.zipmap.stats.ValueStats;
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

    @Override
    int select(KeySet set, int[] rows, int count) {
        int kept = 0;
        for (int j = 0; j < count; j++) {
            int row = rows[j];
            rows[kept] = row;
            kept += set.contains(values[base + row * stride] & 0xffff) ? 1 : 0;
        }
        return kept;
    }

    @Override
    public void addTo(ValueStats stats, int[] rows, int count) {
        stats.addUnsigned(values, base, stride, rows, count);
    }

    @Override
    public void copyTo(long[] to, int[] rows, int count) {
        for (int j = 0; j < count; j++) {
            int row = rows[j];
            to[row] = values[base + row * stride] & 0xffff;
        }
    }
}
