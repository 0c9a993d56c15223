package io.zipmap.array;

/**
 * The names of an array's columns, made when asked for, so that a million columns cost nothing. 0-d and 1-d arrays have the
 * one column {@code value}; 2-d arrays {@code c0}, {@code c1}…; n-d arrays {@code c0[0]}, {@code c0[1]}…, which is also how
 * SQL reaches that element, where {@code c0} is an ARRAY.
 */
public final class ColumnNames {
    /** The single column of a 0-d or 1-d array. */
    public static final String VALUE = "value";

    private ColumnNames() {}

    /**
     * @param column index into a row, in C order of all axes but the first
     * @throws IndexOutOfBoundsException when the shape has no such column
     */
    public static String of(Shape shape, long column) {
        if (column < 0 || column >= shape.columns()) {
            throw new IndexOutOfBoundsException("Column " + column + " of an array of shape " + shape);
        }
        if (shape.dimensions() < 2) {
            return VALUE;
        }
        long block = shape.columns() / shape.axis(1);
        StringBuilder name = new StringBuilder("c").append(column / block);
        long rest = column % block;
        for (int axis = 2; axis < shape.dimensions(); axis++) {
            block /= shape.axis(axis);
            name.append('[').append(rest / block).append(']');
            rest %= block;
        }
        return name.toString();
    }
}
