package io.zipmap.sql.vector;

import io.zipmap.stats.ValueStats;
import java.util.Arrays;
import org.apache.spark.sql.types.DataTypes;

/** int8 as TINYINT, never null: -128 to 127. */
final class ByteVector extends PlainVector {
    private final byte[] values;
    private final int base;
    private final int stride;

    ByteVector(byte[] values, int base, int stride) {
        super(DataTypes.ByteType);
        this.values = values;
        this.base = base;
        this.stride = stride;
    }

    @Override
    public byte getByte(int rowId) {
        return values[base + rowId * stride];
    }

    @Override
    public byte[] getBytes(int rowId, int count) {
        return stride == 1
                ? Arrays.copyOfRange(values, base + rowId, base + rowId + count)
                : super.getBytes(rowId, count);
    }

    @Override
    int select(KeySet set, int[] rows, int count) {
        int kept = 0;
        for (int j = 0; j < count; j++) {
            int row = rows[j];
            rows[kept] = row;
            kept += set.contains(values[base + row * stride]) ? 1 : 0;
        }
        return kept;
    }

    @Override
    public void addTo(ValueStats stats, int[] rows, int count) {
        stats.add(values, base, stride, rows, count);
    }

    @Override
    public void copyTo(long[] to, int[] rows, int count) {
        for (int j = 0; j < count; j++) {
            int row = rows[j];
            to[row] = values[base + row * stride];
        }
    }
}
