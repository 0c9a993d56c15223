package io.zipmap.sql.vector;

import io.zipmap.stats.GroupedStats;
import io.zipmap.stats.ValueStats;
import java.util.Arrays;
import org.apache.spark.sql.errors.QueryExecutionErrors;
import org.apache.spark.sql.types.DataType;
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

    /** Keeps the rows for which a comparison with the values of another vector is true. */
    int select(Comparison comparison, LongVector other, int[] rows, int count) {
        return comparison.select(values, base, stride, other.values, other.base, other.stride, rows, count);
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

    @Override
    void copyTo(float[] to, int[] rows, int count) {
        for (int j = 0; j < count; j++) {
            int row = rows[j];
            to[row] = values[base + row * stride];
        }
    }

    @Override
    void copyTo(double[] to, int[] rows, int count) {
        for (int j = 0; j < count; j++) {
            int row = rows[j];
            to[row] = values[base + row * stride];
        }
    }

    @Override
    void narrow(DataType type, long[] to, int[] rows, int count) {
        int unused = Long.SIZE - Byte.SIZE * type.defaultSize();
        for (int j = 0; j < count; j++) {
            int row = rows[j];
            long value = values[base + row * stride];
            if (value << unused >> unused != value) {
                throw QueryExecutionErrors.castingCauseOverflowError(value, dataType(), type);
            }
            to[row] = value;
        }
    }

    @Override
    public void keys(long[] to, int[] rows, int count) {
        for (int j = 0; j < count; j++) {
            to[j] = values[base + rows[j] * stride];
        }
    }

    /** Computes an operation on the values of this vector and those of another, for these rows. */
    void combine(Operation operation, LongVector other, long[] to, int[] rows, int count) {
        long[] others = other.values;
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
            case REMAINDER -> {
                for (int j = 0; j < count; j++) {
                    int row = rows[j];
                    to[row] = values[base + row * stride] % others[otherBase + row * otherStride];
                }
            }
            default -> throw new IllegalArgumentException("No operation on longs: " + operation);
        }
    }

    @Override
    public void addTo(GroupedStats stats, int[] rows, int count, int[] groups) {
        stats.add(values, base, stride, rows, count, groups);
    }

    /** Computes the absolute values of these rows. */
    void absolute(long[] to, int[] rows, int count) {
        for (int j = 0; j < count; j++) {
            int row = rows[j];
            to[row] = Math.abs(values[base + row * stride]);
        }
    }

    @Override
    public void appendTo(long[] keys, int bits, int[] rows, int count) {
        long mask = (1L << bits) - 1;
        for (int j = 0; j < count; j++) {
            int row = rows[j];
            keys[row] = keys[row] << bits | values[base + row * stride] & mask;
        }
    }
}
