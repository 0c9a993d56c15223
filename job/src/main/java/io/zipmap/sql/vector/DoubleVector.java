package io.zipmap.sql.vector;

import io.zipmap.stats.GroupedStats;
import io.zipmap.stats.ValueStats;
import io.zipmap.stats.ValueSum;
import java.util.Arrays;
import org.apache.spark.sql.errors.QueryExecutionErrors;
import org.apache.spark.sql.types.DataType;
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

    /** Keeps the rows for which a comparison with the values of another vector is true. */
    int select(Comparison comparison, DoubleVector other, int[] rows, int count) {
        return comparison.select(values, base, stride, other.values, other.base, other.stride, rows, count);
    }

    @Override
    public void addTo(ValueStats stats, int[] rows, int count) {
        stats.add(values, base, stride, rows, count);
    }

    @Override
    public void addTo(ValueSum sum, int[] rows, int count) {
        if (areAll(rows, count)) {
            sum.addAll(values, base, stride, count);
        } else {
            sum.add(values, base, stride, rows, count);
        }
    }

    @Override
    void copyTo(float[] to, int[] rows, int count) {
        for (int j = 0; j < count; j++) {
            int row = rows[j];
            to[row] = (float) values[base + row * stride];
        }
    }

    @Override
    void narrow(DataType type, long[] to, int[] rows, int count) {
        boolean isInt = type.equals(DataTypes.IntegerType);
        double least = isInt ? Integer.MIN_VALUE : Long.MIN_VALUE;
        double most = isInt ? Integer.MAX_VALUE : Long.MAX_VALUE;
        for (int j = 0; j < count; j++) {
            int row = rows[j];
            double value = values[base + row * stride];
            // Of NaN, both are false.
            if (!(Math.floor(value) <= most && Math.ceil(value) >= least)) {
                throw QueryExecutionErrors.castingCauseOverflowError(value, dataType(), type);
            }
            to[row] = (long) value;
        }
    }

    @Override
    public void keys(long[] to, int[] rows, int count) {
        for (int j = 0; j < count; j++) {
            to[j] = KeySet.key(values[base + rows[j] * stride]);
        }
    }

    /** Computes an operation on the values of this vector and those of another, for these rows. */
    void combine(Operation operation, DoubleVector other, double[] to, int[] rows, int count) {
        if (areMost(rows, count)) {
            combineAll(operation, other, to, rows[count - 1] + 1);
        } else {
            combineSome(operation, other, to, rows, count);
        }
    }

    private void combineSome(Operation operation, DoubleVector other, double[] to, int[] rows, int count) {
        double[] others = other.values;
        int otherBase = other.base;
        int otherStride = other.stride;
        switch (operation) {
            case ADD -> {
                for (int j = 0; j < count; j++) {
                    int row = rows[j];
                    to[row] = values[base + row * stride] + others[otherBase + row * otherStride];
                }
            }
            case SUBTRACT -> {
                for (int j = 0; j < count; j++) {
                    int row = rows[j];
                    to[row] = values[base + row * stride] - others[otherBase + row * otherStride];
                }
            }
            case MULTIPLY -> {
                for (int j = 0; j < count; j++) {
                    int row = rows[j];
                    to[row] = values[base + row * stride] * others[otherBase + row * otherStride];
                }
            }
            case DIVIDE -> {
                for (int j = 0; j < count; j++) {
                    int row = rows[j];
                    to[row] = values[base + row * stride] / others[otherBase + row * otherStride];
                }
            }
            default -> throw new IllegalArgumentException("No operation on doubles: " + operation);
        }
    }

    /** As {@link #combineSome}, but of all rows from 0 on: a loop over most of them takes longer. */
    private void combineAll(Operation operation, DoubleVector other, double[] to, int count) {
        double[] others = other.values;
        int at = base;
        int otherAt = other.base;
        int otherStride = other.stride;
        switch (operation) {
            case ADD -> {
                for (int row = 0; row < count; row++) {
                    to[row] = values[at] + others[otherAt];
                    at += stride;
                    otherAt += otherStride;
                }
            }
            case SUBTRACT -> {
                for (int row = 0; row < count; row++) {
                    to[row] = values[at] - others[otherAt];
                    at += stride;
                    otherAt += otherStride;
                }
            }
            case MULTIPLY -> {
                for (int row = 0; row < count; row++) {
                    to[row] = values[at] * others[otherAt];
                    at += stride;
                    otherAt += otherStride;
                }
            }
            case DIVIDE -> {
                for (int row = 0; row < count; row++) {
                    to[row] = values[at] / others[otherAt];
                    at += stride;
                    otherAt += otherStride;
                }
            }
            default -> throw new IllegalArgumentException("No operation on doubles: " + operation);
        }
    }

    @Override
    public void addTo(GroupedStats stats, int[] rows, int count, int[] groups) {
        stats.add(values, base, stride, rows, count, groups);
    }

    /** Computes the absolute values of these rows. */
    void absolute(double[] to, int[] rows, int count) {
        for (int j = 0; j < count; j++) {
            int row = rows[j];
            to[row] = Math.abs(values[base + row * stride]);
        }
    }

    /** Computes the square roots of these rows. */
    void squareRoot(double[] to, int[] rows, int count) {
        for (int j = 0; j < count; j++) {
            int row = rows[j];
            to[row] = Math.sqrt(values[base + row * stride]);
        }
    }

    /** Computes the nearest integer that is not greater, or not less, as Spark does: out of range is the limit. */
    void round(Operation operation, long[] to, int[] rows, int count) {
        boolean isFloor = operation == Operation.FLOOR;
        if (areAll(rows, count)) {
            for (int row = 0; row < count; row++) {
                double value = values[base + row * stride];
                to[row] = (long) (isFloor ? Math.floor(value) : Math.ceil(value));
            }
            return;
        }
        for (int j = 0; j < count; j++) {
            int row = rows[j];
            double value = values[base + row * stride];
            to[row] = (long) (isFloor ? Math.floor(value) : Math.ceil(value));
        }
    }
}
