package io.zipmap.sql.vector;

import io.zipmap.stats.GroupedStats;
import io.zipmap.stats.ValueStats;
import io.zipmap.stats.ValueSum;
import java.util.Arrays;
import java.util.Optional;
import org.apache.spark.sql.errors.QueryExecutionErrors;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** float32, and float16 widened to 32 bits, as FLOAT, never null: NaN is a value. */
final class FloatVector extends PlainVector {
    /** Fewer than one row of so many are few. */
    private static final int FEW = 32;

    private final float[] values;
    private final int base;
    private final int stride;

    /** Whether the last selection of all rows kept few of them. */
    private boolean keptFew = true;

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
        if (areAll(rows, count)) {
            return selectAll(set, rows, count);
        }
        return set.isOneRange() ? selectRange(set, rows, count) : selectAny(set, rows, count);
    }

    @Override
    int selectAll(KeySet set, int[] rows, int count) {
        Optional<FloatRange> range = FloatRange.of(set);
        if (range.isEmpty()) {
            ValueSet.numberRows(rows, count);
            return selectAny(set, rows, count);
        }
        int kept = range.get().select(values, base, stride, rows, count, keptFew);
        keptFew = kept < count / FEW;
        return kept;
    }

    /** Without a branch on values, however it is compiled: random values make such a branch slow. */
    private int selectRange(KeySet set, int[] rows, int count) {
        // Keys of floats are ints, so that these differences do not overflow.
        long least = Math.max(set.least(), Integer.MIN_VALUE);
        long most = Math.min(set.most(), Integer.MAX_VALUE);
        int kept = 0;
        for (int j = 0; j < count; j++) {
            int row = rows[j];
            long key = KeySet.key(values[base + row * stride]);
            rows[kept] = row;
            kept += 1 - (int) (((key - least) | (most - key)) >>> (Long.SIZE - 1));
        }
        return kept;
    }

    private int selectAny(KeySet set, int[] rows, int count) {
        int kept = 0;
        for (int j = 0; j < count; j++) {
            int row = rows[j];
            rows[kept] = row;
            kept += set.contains(KeySet.key(values[base + row * stride])) ? 1 : 0;
        }
        return kept;
    }

    /** Keeps the rows for which a comparison with the values of another vector is true. */
    int select(Comparison comparison, FloatVector other, int[] rows, int count) {
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
    void copyTo(double[] to, int[] rows, int count) {
        if (areAll(rows, count)) {
            for (int row = 0; row < count; row++) {
                to[row] = values[base + row * stride];
            }
            return;
        }
        for (int j = 0; j < count; j++) {
            int row = rows[j];
            to[row] = values[base + row * stride];
        }
    }

    @Override
    void narrow(DataType type, long[] to, int[] rows, int count) {
        boolean isInt = type.equals(DataTypes.IntegerType);
        double least = isInt ? Integer.MIN_VALUE : Long.MIN_VALUE;
        double most = isInt ? Integer.MAX_VALUE : Long.MAX_VALUE;
        for (int j = 0; j < count; j++) {
            int row = rows[j];
            float value = values[base + row * stride];
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
    void combine(Operation operation, FloatVector other, float[] to, int[] rows, int count) {
        if (areMost(rows, count)) {
            combineAll(operation, other, to, rows[count - 1] + 1);
        } else {
            combineSome(operation, other, to, rows, count);
        }
    }

    private void combineSome(Operation operation, FloatVector other, float[] to, int[] rows, int count) {
        float[] others = other.values;
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
            default -> throw new IllegalArgumentException("No operation on floats: " + operation);
        }
    }

    /** As {@link #combineSome}, but of all rows from 0 on: a loop over most of them takes longer. */
    private void combineAll(Operation operation, FloatVector other, float[] to, int count) {
        float[] others = other.values;
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
            default -> throw new IllegalArgumentException("No operation on floats: " + operation);
        }
    }

    @Override
    public void addTo(GroupedStats stats, int[] rows, int count, int[] groups) {
        stats.add(values, base, stride, rows, count, groups);
    }

    /** Computes the absolute values of these rows. */
    void absolute(float[] to, int[] rows, int count) {
        for (int j = 0; j < count; j++) {
            int row = rows[j];
            to[row] = Math.abs(values[base + row * stride]);
        }
    }
}
