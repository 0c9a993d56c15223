package io.zipmap.mapped;

import io.zipmap.array.ArrayLayout;

/**
 * Byte offsets of the whole items of an array, or of a slice of its rows. Item {@code i} of the slice is item
 * {@code first + i / run * stride + i % run} of the mapped range. A slice in C order is one run of neighbouring items.
 * A slice in Fortran order has one run for each column. Immutable.
 */
final class ItemOffsets extends ElementOffsets {
    private final long first;
    private final long run;
    private final long stride;
    private final boolean oneRun;

    private ItemOffsets(long first, long run, long stride, long size, long itemSize) {
        super(itemSize);
        this.first = first;
        this.run = run;
        this.stride = stride;
        this.oneRun = run == size;
    }

    /** The items of a whole array. */
    static ItemOffsets of(ArrayLayout layout) {
        long size = layout.shape().elements();
        return new ItemOffsets(0, size, size, size, layout.dtype().itemSize());
    }

    /**
     * The items of a slice of rows.
     *
     * @param layout of the array that these are the items of
     * @param part layout of the slice
     */
    ItemOffsets slice(ArrayLayout layout, long fromRow, ArrayLayout part) {
        long size = part.shape().elements();
        if (layout.isRowMajor()) {
            return new ItemOffsets(first + fromRow * layout.shape().columns(), size, stride, size, step);
        }
        long columnStride = oneRun ? layout.shape().rows() : stride;
        return new ItemOffsets(first + fromRow, part.shape().rows(), columnStride, size, step);
    }

    @Override
    long offset(long index) {
        return (oneRun ? first + index : first + index / run * stride + index % run) * step;
    }

    @Override
    long runLength(long index) {
        return run - index % run;
    }
}
