package io.zipmap.mapped;

import io.zipmap.array.ArrayLayout;

/**
 * Those of whole items. Item i of an array is item {@code first + i / run * stride + i % run} of the range: a slice of
 * rows in C order is one run, in Fortran order there is a run for each column.
 */
final class ItemOffsets extends ElementOffsets {
    private final long first;
    private final long run;
    private final long stride;
    private final boolean whole;

    private ItemOffsets(long first, long run, long stride, long size, long itemSize) {
        super(itemSize);
        this.first = first;
        this.run = run;
        this.stride = stride;
        this.whole = run == size;
    }

    static ItemOffsets of(ArrayLayout layout) {
        long size = layout.shape().elements();
        return new ItemOffsets(0, size, size, size, layout.dtype().itemSize());
    }

    /**
     * Those of a slice of rows.
     *
     * @param layout of what is sliced
     * @param part of the slice
     */
    ItemOffsets slice(ArrayLayout layout, long fromRow, ArrayLayout part) {
        long size = part.shape().elements();
        if (layout.isRowMajor()) {
            return new ItemOffsets(first + fromRow * layout.shape().columns(), size, stride, size, step);
        }
        long apart = whole ? layout.shape().rows() : stride;
        return new ItemOffsets(first + fromRow, part.shape().rows(), apart, size, step);
    }

    @Override
    long at(long index) {
        return (whole ? first + index : first + index / run * stride + index % run) * step;
    }

    @Override
    long run(long index) {
        return run - index % run;
    }
}
