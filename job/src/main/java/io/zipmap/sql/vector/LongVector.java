package io.zipmap.sql.vector;

import io.zipmap.stats.ValueStats;
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
}
