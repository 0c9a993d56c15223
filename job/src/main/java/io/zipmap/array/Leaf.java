package io.zipmap.array;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A scalar in the items of an array: the fields that lead to it, and where it lies. With sub-arrays on the way it is
 * there several times, its <em>elements</em>, numbered in C order of their axes. Light, so that it may cross.
 * Immutable.
 */
public final class Leaf implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String[] names;
    private final int[] ends;
    private final long[] axes;
    private final long[] strides;
    private final boolean structured;
    private final int offset;
    private final Dtype dtype;

    private Leaf(String[] names, int[] ends, long[] axes, long[] strides, boolean structured, int offset, Dtype dtype) {
        this.names = names;
        this.ends = ends;
        this.axes = axes;
        this.strides = strides;
        this.structured = structured;
        this.offset = offset;
        this.dtype = dtype;
    }

    /** The item itself, of which nothing is chosen yet. */
    static Leaf of(Dtype item) {
        boolean structured = item.kind() == Dtype.Kind.STRUCT;
        return new Leaf(new String[0], new int[0], new long[0], new long[0], structured, 0, item);
    }

    /** All that are in what this is. */
    List<Leaf> scalars() {
        List<Leaf> all = new ArrayList<>();
        scalars(all);
        return List.copyOf(all);
    }

    private void scalars(List<Leaf> into) {
        List<Field> fields = dtype.fields();
        if (fields.isEmpty()) {
            into.add(this);
        }
        fields.forEach(field -> field(field).scalars(into));
    }

    private Leaf field(Field field) {
        int had = axes.length;
        long[] inner = field.shape().toArray();
        String[] path = Arrays.copyOf(names, names.length + 1);
        path[names.length] = field.name();
        int[] to = Arrays.copyOf(ends, names.length + 1);
        to[names.length] = had + inner.length;
        long[] all = Arrays.copyOf(axes, had + inner.length);
        long[] bytes = Arrays.copyOf(strides, all.length);
        long stride = field.dtype().itemSize();
        for (int i = inner.length - 1; i >= 0; i--) {
            all[had + i] = inner[i];
            bytes[had + i] = stride;
            stride *= inner[i];
        }
        return new Leaf(path, to, all, bytes, structured, offset + field.offset(), field.dtype());
    }

    /** Names of the fields, outermost first; empty when the item is the scalar. */
    public List<String> path() {
        return List.of(names);
    }

    /** Whether the item is the scalar. */
    public boolean isItem() {
        return names.length == 0;
    }

    /** Whether the first of the names is a column where rows are single items. */
    boolean isOfStructure() {
        return structured;
    }

    public Dtype dtype() {
        return dtype;
    }

    /** Bytes from the start of the item to the first element. */
    public int offset() {
        return offset;
    }

    /** Of the sub-arrays on the way, outermost first. */
    public long[] axes() {
        return axes.clone();
    }

    /** Bytes from element to element along each of the axes. */
    public long[] strides() {
        return strides.clone();
    }

    /** Where among the axes those of this field of the path end. */
    int end(int field) {
        return ends[field];
    }

    long axis(int i) {
        return axes[i];
    }

    /** How often it is there in one item: the product of the axes. */
    public long elements() {
        long product = 1;
        for (long axis : axes) {
            product *= axis;
        }
        return product;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Leaf that
                && Arrays.equals(names, that.names)
                && Arrays.equals(axes, that.axes)
                && Arrays.equals(strides, that.strides)
                && structured == that.structured
                && offset == that.offset
                && dtype.equals(that.dtype);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(names) * 31 + offset;
    }

    @Override
    public String toString() {
        return dtype + " at " + path();
    }
}
