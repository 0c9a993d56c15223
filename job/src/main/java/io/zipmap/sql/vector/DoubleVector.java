package io.zipmap.sql.vector;

import io.zipmap.stats.ValueStats;
import java.util.Arrays;
import org.apache.spark.sql.types.DataTypes;

/** float64 as DOUBLE, never null: NaN is a value. */
final class DoubleVector extends PlainVector {
    private final double[] values;
    private final int base;
    private final int stride;

    DoubleVector(double[] values, int base, int stride) {
        super(DataTypes.DoubleType);
        this.values = values;
        this.base = base;
        this.stride = stride;
    }

    @Override
    public double getDouble(int rowId) {
        return values[base + rowId * stride];
    }

    @Override
    public double[] getDoubles(int rowId, int count) {
        return stride == 1
                ? Arrays.copyOfRange(values, base + rowId, base + rowId + count)
                : super.getDoubles(rowId, count);
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
