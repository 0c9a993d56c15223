package io.zipmap.sql.vector;

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
}
