package io.zipmap.array;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/**
 * The memory layout of an array: dtype, shape and order. Maps row and column to the position of an element. Immutable.
 */
public final class ArrayLayout implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Dtype dtype;
    private final Shape shape;
    private final Order order;

    /** Limit on the number of zero-byte items: they take no space in a file, but time to read. */
    private static final long MAX_EMPTY_ITEMS = Integer.MAX_VALUE;

    /**
     * @throws ZipmapException {@code HEADER_INVALID} if the array would have 2^63 bytes or more, or 2^31 zero-byte
     *     items or more
     */
    public ArrayLayout(Dtype dtype, Shape shape, Order order) throws ZipmapException {
        this.dtype = dtype;
        this.shape = shape;
        this.order = order;
        if (shape.elements() > Long.MAX_VALUE / Math.max(1, dtype.itemSize())) {
            throw new ZipmapException(Condition.HEADER_INVALID, "Invalid shape: " + shape)
                    .expected("fewer than 2^63 bytes of " + dtype);
        }
        if (dtype.itemSize() == 0 && shape.elements() > MAX_EMPTY_ITEMS) {
            throw new ZipmapException(Condition.HEADER_INVALID, "Invalid shape: " + shape)
                    .expected("fewer than 2^31 items of " + dtype + ", which have no bytes");
        }
        for (Leaf leaf : dtype.fields().isEmpty() ? List.<Leaf>of() : dtype.leaves()) {
            if (shape.dimensions() + leaf.axes().length > Shape.MAX_AXES) {
                throw new ZipmapException(Condition.HEADER_INVALID, "Invalid shape: " + shape)
                        .expected("at most " + Shape.MAX_AXES + " axes, with those of " + leaf);
            }
            if (shape.columns() > Long.MAX_VALUE / Math.max(1, leaf.elements())) {
                throw new ZipmapException(Condition.HEADER_INVALID, "Invalid shape: " + shape)
                        .expected("fewer than 2^63 columns of " + leaf);
            }
        }
    }

    public Dtype dtype() {
        return dtype;
    }

    public Shape shape() {
        return shape;
    }

    public Order order() {
        return order;
    }

    /** Whether the fields of a structured dtype are the columns, because each row is a single item. */
    public boolean hasFieldColumns() {
        return dtype.kind() == Dtype.Kind.STRUCT && shape.dimensions() < 2;
    }

    /** Number of columns in which the elements of a leaf appear: those of one row. */
    public long columns(Leaf leaf) {
        return shape.columns() * leaf.elements();
    }

    /**
     * Layout of the array that consists of one leaf. The axes of the leaf's sub-arrays follow the axes of this array; a
     * 0-d array gets one axis first.
     */
    public ArrayLayout leafLayout(Leaf leaf) throws ZipmapException {
        long[] inner = leaf.axes();
        Shape outer = shape.dimensions() == 0 && inner.length > 0 ? Shape.of(1) : shape;
        return new ArrayLayout(leaf.dtype(), outer.append(Shape.of(inner)), shape.dimensions() < 2 ? Order.C : order);
    }

    /** Whether the elements of a row are contiguous. */
    public boolean isRowMajor() {
        return order == Order.C || shape.dimensions() < 2;
    }

    /**
     * The layout of the same elements as an array of one column, each value of which is a whole row.
     *
     * @throws ZipmapException {@code HEADER_INVALID} if that array has too many axes
     */
    public ArrayLayout asOneColumn() throws ZipmapException {
        long[] axes = new long[Math.max(1, shape.dimensions()) + 1];
        axes[0] = shape.rows();
        axes[1] = 1;
        for (int i = 1; i < shape.dimensions(); i++) {
            axes[i + 1] = shape.axis(i);
        }
        return new ArrayLayout(dtype, Shape.of(axes), isRowMajor() ? Order.C : order);
    }

    /** Number of bytes of all elements. */
    public long bytes() {
        return shape.elements() * dtype.itemSize();
    }

    /**
     * Position of an element, counted in elements from the start of the array.
     *
     * @param row index along the first axis
     * @param column index into the row, in C order of the other axes
     */
    public long position(long row, long column) {
        if (isRowMajor()) {
            return row * shape.columns() + column;
        }
        long position = row;
        long stride = shape.rows();
        long rest = column;
        long block = shape.columns();
        for (int i = 1; i < shape.dimensions(); i++) {
            block /= shape.axis(i);
            position += rest / block * stride;
            rest %= block;
            stride *= shape.axis(i);
        }
        return position;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ArrayLayout
                && dtype.equals(((ArrayLayout) other).dtype)
                && shape.equals(((ArrayLayout) other).shape)
                && order == ((ArrayLayout) other).order;
    }

    @Override
    public int hashCode() {
        return Objects.hash(dtype, shape, order);
    }

    @Override
    public String toString() {
        return dtype + " " + shape + " " + order.letter();
    }
}
