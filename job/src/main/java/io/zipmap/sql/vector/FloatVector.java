package io.zipmap.sql.vector;

import io.zipmap.stats.ValueStats;
import java.util.Arrays;
import org.apache.spark.sql.types.DataTypes;

/** float32, and float16 widened to 32 bits, as FLOAT, never null: NaN is a value. */
final class FloatVector extends PlainVector {
    private final float[] values;
    private final int base;
    private final int stride;

    FloatVector(float[] values, int base, int stride) {
        super(DataTypes.FloatType);
        this.values = values;
        this.base = base;
        this.stride = stride;
    }

    @Override
    public float getFloat(int rowId) {
        return values[base + rowId * stride];
    }

    @Override
    public float[] getFloats(int rowId, int count) {
        return stride == 1
                ? Arrays.copyOfRange(values, base + rowId, base + rowId + count)
                : super.getFloats(rowId, count);
    }

    @Override
    int select(KeySet set, int[] rows, int count) {
        int kept = 0;
        for (int j = 0; j < count; j++) {
            int row = rows[j];
            rows[kept] = row;
            kept += set.contains(KeySet.key(values[base + row * stride])) ? 1 : 0;
        }
        return kept;
    }

    @Override
    public void addTo(ValueStats stats, int[] rows, int count) {
        stats.add(values, base, stride, rows, count);
    }
}
