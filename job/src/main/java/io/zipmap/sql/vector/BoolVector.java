package io.zipmap.sql.vector;

import io.zipmap.stats.ValueStats;
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

    @Override
    int select(KeySet set, int[] rows, int count) {
        int kept = 0;
        for (int j = 0; j < count; j++) {
            int row = rows[j];
            rows[kept] = row;
            kept += set.contains(values[base + row * stride] != 0 ? 1 : 0) ? 1 : 0;
        }
        return kept;
    }

    @Override
    public void addTo(ValueStats stats, int[] rows, int count) {
        stats.addBools(values, base, stride, rows, count);
    }

    @Override
    public void copyTo(long[] to, int[] rows, int count) {
        for (int j = 0; j < count; j++) {
            int row = rows[j];
            to[row] = values[base + row * stride] == 0 ? 0 : 1;
        }
    }
}
