package io.zipmap.stats;

import io.zipmap.array.ArrayLayout;
import io.zipmap.array.Dtype;
import io.zipmap.mapped.MappedArray;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;

/**
 * Base of the reducers of integers in int lanes. Holds the bytes of a block, and defers the statistics of blocks until
 * an int of a lane could overflow: setting a result takes longer than adding a block.
 */
abstract class IntLaneBlockReducer extends BlockReducer {
    /** The bytes of the block, as {@link #ints} has them, too. */
    final byte[] bytes;

    final IntBuffer ints;

    private final int maxStripes;
    private int pendingStripes;
    private long pendingRows;

    /** @param maxStripes stripes that the lanes of a subclass can add */
    IntLaneBlockReducer(ArrayLayout layout, int columns, int stripeRows, int stripes, int maxStripes) {
        super(layout, columns, stripeRows, stripes);
        this.maxStripes = maxStripes;
        bytes = new byte[capacity() * columns * layout.dtype().itemSize()];
        ints = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer();
    }

    /** What is subtracted from values of this dtype: half of the range of an unsigned one, 0 of others. */
    static long offset(Dtype dtype) {
        return dtype.kind() == Dtype.Kind.UINT ? 1L << (dtype.itemSize() * Byte.SIZE - 1) : 0;
    }

    @Override
    final void read(MappedArray array, long index, int at, int count) throws IOException {
        array.readBytes(index, bytes, at, count);
    }

    @Override
    final void addTo(Accumulator into, int at) {
        if (pendingStripes + stripes() > maxStripes) {
            flush(into, at);
        }
        defer();
    }

    @Override
    final void flush(Accumulator into, int at) {
        if (pendingRows > 0) {
            finish();
            into.add(at, result, columns);
        }
    }

    @Override
    final void reduce() {
        defer();
        finish();
    }

    private void defer() {
        gather();
        pendingRows += rows();
        pendingStripes += stripes();
    }

    private void finish() {
        setResult(pendingRows);
        pendingRows = 0;
        pendingStripes = 0;
    }

    private int stripes() {
        return (values() + lanes - 1) / lanes;
    }

    /** Adds the rows that were read last to the lanes. */
    abstract void gather();

    /** Sets the result to the statistics of all rows since it was set last, and clears the lanes. */
    abstract void setResult(long rows);
}
