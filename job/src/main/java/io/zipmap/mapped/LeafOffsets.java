package io.zipmap.mapped;

import io.zipmap.array.Leaf;

/**
 * Byte offsets of one field across all items. A field in a sub-array has several elements in each item. Made
 * {@link #byItem}, the index counts the elements of one item in C order, then those of the next item. Made
 * {@link #byElement}, for arrays in Fortran order, it counts the first element of each item, then the second of each,
 * with the first axis of the sub-array fastest. Immutable.
 */
final class LeafOffsets extends ElementOffsets {
    private final ItemOffsets items;
    private final long itemCount;
    private final long elements;
    private final int offset;
    private final long[] axes;
    private final long[] strides;
    private final long inner;

    /**
     * @param itemCount number of items; 0 if the index counts by item
     * @param inner elements of the sub-array that are {@code step} bytes apart
     */
    private LeafOffsets(ItemOffsets items, Leaf leaf, long itemCount, long step, long inner) {
        super(step);
        this.items = items;
        this.itemCount = itemCount;
        this.elements = leaf.elements();
        this.offset = leaf.offset();
        this.axes = leaf.axes();
        this.strides = leaf.strides();
        this.inner = inner;
    }

    static LeafOffsets byItem(ItemOffsets items, Leaf leaf) {
        if (leaf.elements() == 1) {
            return new LeafOffsets(items, leaf, 0, items.step, 1);
        }
        long[] axes = leaf.axes();
        long[] strides = leaf.strides();
        long inner = 1;
        long step = strides[axes.length - 1];
        for (int i = axes.length - 1; i >= 0 && strides[i] == inner * step; i--) {
            inner *= axes[i];
        }
        return new LeafOffsets(items, leaf, 0, step, inner);
    }

    /** @param itemCount number of items */
    static LeafOffsets byElement(ItemOffsets items, Leaf leaf, long itemCount) {
        return new LeafOffsets(items, leaf, itemCount, items.step, 1);
    }

    @Override
    long offset(long index) {
        if (elements == 1) {
            return items.offset(index) + offset;
        }
        return itemCount > 0
                ? items.offset(index % itemCount) + offsetInItemFortran(index / itemCount)
                : items.offset(index / elements) + offsetInItemC(index % elements);
    }

    /** Byte offset in an item of element {@code element}, if the first axis varies fastest. */
    private long offsetInItemFortran(long element) {
        long at = offset;
        long rest = element;
        for (int i = 0; i < axes.length; i++) {
            at += rest % axes[i] * strides[i];
            rest /= axes[i];
        }
        return at;
    }

    /** Byte offset in an item of element {@code element}, if the last axis varies fastest. */
    private long offsetInItemC(long element) {
        long at = offset;
        long rest = element;
        for (int i = axes.length - 1; i >= 0; i--) {
            at += rest % axes[i] * strides[i];
            rest /= axes[i];
        }
        return at;
    }

    @Override
    long runLength(long index) {
        if (elements == 1) {
            return items.runLength(index);
        }
        return itemCount > 0 ? items.runLength(index % itemCount) : inner - index % inner;
    }
}
