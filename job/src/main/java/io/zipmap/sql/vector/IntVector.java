package io.zipmap.sql.vector;

import io.zipmap.stats.ValueStats;
import java.util.Arrays;
import org.apache.spark.sql.types.DataTypes;

/** int32 as INT, never null: all values of int. */
final class IntVector extends PlainVector {
    private final int[] values;
    private final int base;
    private final int stride;

    IntVector(int[] values, int base, int stride) {
        super(DataTypes.IntegerType);
        this.values = values;
        this.base = base;
        this.stride = stride;
    }

    @Override
    public int getInt(int rowId) {
        return values[base + rowId * stride];
    }

    @Override
    public int[] getInts(int rowId, int count) {
        return stride == 1
                ? Arrays.copyOfRange(values, base + rowId, base + rowId + count)
                : super.getInts(rowId, count);
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
