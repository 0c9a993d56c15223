package io.zipmap.stats;

import io.zipmap.ZipmapException;
import io.zipmap.array.ArrayLayout;
import io.zipmap.array.Dtype;
import io.zipmap.array.Order;
import io.zipmap.array.Shape;

/**
 * Statistics of values that are chosen one by one, by the kernels that reduce whole blocks: chosen values are gathered
 * in a buffer, and a full buffer is a block of one column. Values are given in the Java arrays in which SQL reads their
 * dtype, {@link io.zipmap.mapped.ElementBuffer}. Not thread-safe.
 */
public final class ValueStats {
    private final BlockReducer reducer;
    private final Dtype dtype;
    private Accumulator result;
    private final int capacity;

    /** The gathered values; the arrays that the reducer does not take are empty. */
    private final float[] floats;

    private final double[] doubles;
    private final long[] longs;
    private int size;
    private long rows;

    /** @param dtype a number or bool */
    public ValueStats(Dtype dtype) throws ZipmapException {
        reducer = BlockReducer.ofValues(new ArrayLayout(dtype, Shape.of(1), Order.C), 1);
        this.dtype = dtype;
        result = Accumulator.of(dtype, 1);
        capacity = reducer.capacity();
        floats = new float[reducer instanceof FloatBlockReducer ? capacity : 0];
        doubles = new double[reducer instanceof DoubleBlockReducer ? capacity : 0];
        longs = new long[reducer instanceof LongBlockReducer ? capacity : 0];
    }

    /**
     * Adds float16 or float32.
     *
     * @param base index of the value of row 0
     * @param stride from the value of one row to that of the next
     * @param chosen row numbers of the values to add
     * @param count the number of rows
     */
    public void add(float[] values, int base, int stride, int[] chosen, int count) {
        for (int done = 0; done < count; ) {
            int n = room(count - done);
            for (int j = 0; j < n; j++) {
                floats[size + j] = values[base + chosen[done + j] * stride];
            }
            added(n);
            done += n;
        }
    }

    /** Adds float64. */
    public void add(double[] values, int base, int stride, int[] chosen, int count) {
        for (int done = 0; done < count; ) {
            int n = room(count - done);
            for (int j = 0; j < n; j++) {
                doubles[size + j] = values[base + chosen[done + j] * stride];
            }
            added(n);
            done += n;
        }
    }

    /** Adds int8. */
    public void add(byte[] values, int base, int stride, int[] chosen, int count) {
        for (int done = 0; done < count; ) {
            int n = room(count - done);
            for (int j = 0; j < n; j++) {
                floats[size + j] = values[base + chosen[done + j] * stride];
            }
            added(n);
            done += n;
        }
    }

    /** Adds uint8. */
    public void addUnsigned(byte[] values, int base, int stride, int[] chosen, int count) {
        for (int done = 0; done < count; ) {
            int n = room(count - done);
            for (int j = 0; j < n; j++) {
                floats[size + j] = values[base + chosen[done + j] * stride] & 0xff;
            }
            added(n);
            done += n;
        }
    }

    /** Adds bools: any byte but 0 is true. */
    public void addBools(byte[] values, int base, int stride, int[] chosen, int count) {
        for (int done = 0; done < count; ) {
            int n = room(count - done);
            for (int j = 0; j < n; j++) {
                floats[size + j] = values[base + chosen[done + j] * stride] == 0 ? 0 : 1;
            }
            added(n);
            done += n;
        }
    }

    /** Adds int16. */
    public void add(short[] values, int base, int stride, int[] chosen, int count) {
        for (int done = 0; done < count; ) {
            int n = room(count - done);
            for (int j = 0; j < n; j++) {
                floats[size + j] = values[base + chosen[done + j] * stride];
            }
            added(n);
            done += n;
        }
    }

    /** Adds uint16. */
    public void addUnsigned(short[] values, int base, int stride, int[] chosen, int count) {
        for (int done = 0; done < count; ) {
            int n = room(count - done);
            for (int j = 0; j < n; j++) {
                floats[size + j] = values[base + chosen[done + j] * stride] & 0xffff;
            }
            added(n);
            done += n;
        }
    }

    /** Adds int32. */
    public void add(int[] values, int base, int stride, int[] chosen, int count) {
        for (int done = 0; done < count; ) {
            int n = room(count - done);
            for (int j = 0; j < n; j++) {
                doubles[size + j] = values[base + chosen[done + j] * stride];
            }
            added(n);
            done += n;
        }
    }

    /** Adds uint32, int64, or the bits of uint64. */
    public void add(long[] values, int base, int stride, int[] chosen, int count) {
        boolean narrow = doubles.length > 0;
        for (int done = 0; done < count; ) {
            int n = room(count - done);
            for (int j = 0; j < n; j++) {
                long value = values[base + chosen[done + j] * stride];
                if (narrow) {
                    doubles[size + j] = value;
                } else {
                    longs[size + j] = value;
                }
            }
            added(n);
            done += n;
        }
    }

    /** How many of {@code wanted} values fit into the buffer; reduces a full buffer first. */
    private int room(int wanted) {
        if (size == capacity) {
            reduce();
        }
        return Math.min(wanted, capacity - size);
    }

    private void added(int count) {
        size += count;
        rows += count;
    }

    private void reduce() {
        for (int from = 0; from < size; from += reducer.rows()) {
            int n = reducer.rowsToRead(size - from);
            if (reducer instanceof FloatBlockReducer of) {
                of.take(floats, from, n);
            } else if (reducer instanceof DoubleBlockReducer of) {
                of.take(doubles, from, n);
            } else if (reducer instanceof LongBlockReducer of) {
                of.take(longs, from, n);
            }
            reducer.addTo(result, 0);
        }
        size = 0;
    }

    /** Statistics of the values since the last call. */
    public ColumnStats finish() {
        reduce();
        reducer.flush(result, 0);
        ColumnStats stats = new ColumnStats(new TileStats(rows, result, null));
        result = Accumulator.of(dtype, 1);
        rows = 0;
        return stats;
    }
}
