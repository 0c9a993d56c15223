package io.zipmap.mapped;

import io.zipmap.array.Leaf;

/**
 * Those of one leaf of each item. Item after item, each with the leaf's elements in C order; or, for arrays in Fortran
 * order, element after element, each in all items, the first axis of sub-arrays fastest.
 */
final class LeafOffsets extends ElementOffsets {
    private final ItemOffsets items;
    private final long byElement;
    private final long elements;
    private final int offset;
    private final long[] axes;
    private final long[] strides;
    private final long inner;

    private LeafOffsets(ItemOffsets items, Leaf leaf, long byElement, long step, long inner) {
        super(step);
        this.items = items;
        this.byElement = byElement;
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

    /** @param count how many items there are */
    static LeafOffsets byElement(ItemOffsets items, Leaf leaf, long count) {
        return new LeafOffsets(items, leaf, count, items.step, 1);
    }

    @Override
    long at(long index) {
        if (elements == 1) {
            return items.at(index) + offset;
        }
        return byElement > 0
                ? items.at(index % byElement) + fromFirst(index / byElement)
                : items.at(index / elements) + fromLast(index % elements);
    }

    private long fromFirst(long element) {
        long at = offset;
        long rest = element;
        for (int i = 0; i < axes.length; i++) {
            at += rest % axes[i] * strides[i];
            rest /= axes[i];
        }
        return at;
    }

    private long fromLast(long element) {
        long at = offset;
        long rest = element;
        for (int i = axes.length - 1; i >= 0; i--) {
            at += rest % axes[i] * strides[i];
            rest /= axes[i];
        }
        return at;
    }

    @Override
    long run(long index) {
        if (elements == 1) {
            return items.run(index);
        }
        return byElement > 0 ? items.run(index % byElement) : inner - index % inner;
    }
}
