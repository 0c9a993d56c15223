package io.zipmap.array;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * The shape of an array: the lengths of its axes, each at least 0. A 0-d array has no axes. A row is an index along the
 * first axis. A column is one element of a row; columns are numbered in C order of the other axes. Immutable.
 */
public final class Shape implements Serializable {
    private static final long serialVersionUID = 1L;

    /** numpy's limit on the number of axes, since numpy 2.0. */
    static final int MAX_AXES = 64;

    /** The shape {@code ()} of a single element. */
    static final Shape SINGLE = new Shape(new long[0]);

    private final long[] axes;

    private Shape(long[] axes) {
        this.axes = axes;
    }

    /**
     * @throws ZipmapException {@code HEADER_INVALID} if an axis is negative, there are more than 64 axes, or the
     *     product of the non-zero axes exceeds 2^63 - 1
     */
    public static Shape of(long... axes) throws ZipmapException {
        Shape shape = new Shape(axes.clone());
        if (axes.length > MAX_AXES || LongStream.of(axes).anyMatch(n -> n < 0)) {
            throw new ZipmapException(Condition.HEADER_INVALID, "Invalid shape: " + shape)
                    .expected("at most " + MAX_AXES + " axes, none negative");
        }
        try {
            // Only non-zero axes, as in numpy: an array without rows must still have a countable number of columns.
            product(LongStream.of(axes).filter(n -> n > 0).toArray(), 0);
        } catch (ArithmeticException e) {
            throw new ZipmapException(Condition.HEADER_INVALID, "Invalid shape: " + shape)
                    .expected("fewer than 2^63 elements")
                    .because(e);
        }
        return shape;
    }

    /** Product of the axes from {@code from} on; 0 if one of them is 0, even if the others overflow. */
    private static long product(long[] axes, int from) {
        long product = 1;
        for (int i = from; i < axes.length; i++) {
            if (axes[i] == 0) {
                return 0;
            }
        }
        for (int i = from; i < axes.length; i++) {
            product = Math.multiplyExact(product, axes[i]);
        }
        return product;
    }

    /** This shape followed by the axes of another. */
    Shape append(Shape inner) throws ZipmapException {
        long[] all = Arrays.copyOf(axes, axes.length + inner.axes.length);
        System.arraycopy(inner.axes, 0, all, axes.length, inner.axes.length);
        return of(all);
    }

    public int dimensions() {
        return axes.length;
    }

    /** Length of one axis. */
    public long axis(int i) {
        return axes[i];
    }

    public long[] toArray() {
        return axes.clone();
    }

    /** Number of elements: the product of the axes, 1 for a 0-d array. */
    public long elements() {
        return product(axes, 0);
    }

    /** Length of the first axis; 1 for a 0-d array. */
    public long rows() {
        return axes.length == 0 ? 1 : axes[0];
    }

    /** Number of elements of one row: the product of all axes but the first; 1 for 0-d and 1-d arrays. */
    public long columns() {
        return product(axes, 1);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Shape && Arrays.equals(axes, ((Shape) other).axes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(axes);
    }

    /** As numpy prints a shape: {@code (2000000, 4)}, {@code (5,)}, {@code ()}. */
    @Override
    public String toString() {
        String inner = LongStream.of(axes).mapToObj(Long::toString).collect(Collectors.joining(", "));
        return axes.length == 1 ? "(" + inner + ",)" : "(" + inner + ")";
    }
}
