package io.zipmap.array;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A scalar inside the items of an array: the path of fields to it, and its byte offset. If the path passes sub-arrays,
 * an item contains the scalar several times; these <em>elements</em> are numbered in C order of the sub-array axes.
 * Immutable and serialisable.
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

    /** The root: the whole item, with an empty path. */
    static Leaf of(Dtype item) {
        boolean structured = item.kind() == Dtype.Kind.STRUCT;
        return new Leaf(new String[0], new int[0], new long[0], new long[0], structured, 0, item);
    }

    /** All scalars below this node, in field order. */
    List<Leaf> scalars() {
        List<Leaf> all = new ArrayList<>();
        addScalars(all);
        return List.copyOf(all);
    }

    private void addScalars(List<Leaf> into) {
        List<Field> fields = dtype.fields();
        if (fields.isEmpty()) {
            into.add(this);
        }
        fields.forEach(field -> child(field).addScalars(into));
    }

    private Leaf child(Field field) {
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

    /** Names of the fields, outermost first; empty if the item is the scalar. */
    public List<String> path() {
        return List.of(names);
    }

    /** Whether the item is the scalar. */
    public boolean isItem() {
        return names.length == 0;
    }

    /** Whether the item is structured, rather than a scalar or a complex number. */
    boolean isStructured() {
        return structured;
    }

    public Dtype dtype() {
        return dtype;
    }

    /** Offset in bytes from the start of the item to the first element. */
    public int offset() {
        return offset;
    }

    /** Lengths of the sub-array axes on the path, outermost first. */
    public long[] axes() {
        return axes.clone();
    }

    /** Distance in bytes between neighbouring elements along each axis. */
    public long[] strides() {
        return strides.clone();
    }

    /** Index after the last axis that belongs to field number {@code field} of the path. */
    int axisEnd(int field) {
        return ends[field];
    }

    long axis(int i) {
        return axes[i];
    }

    /** Number of elements in one item: the product of the axes. */
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
