package io.zipmap.array;

/**
 * The names of an array's columns, made when asked for, so that a million columns cost nothing. 0-d and 1-d arrays have
 * the one column {@code value}; 2-d arrays {@code c0}, {@code c1}…; n-d arrays {@code c0[0]}, {@code c0[1]}…, which is
 * also how SQL reaches that element, where {@code c0} is an ARRAY.
 */
public final class ColumnNames {
    /** The single column of a 0-d or 1-d array. */
    public static final String VALUE = "value";

    private static final String SPECIAL = ".[]`";

    private ColumnNames() {}

    /**
     * A column of a leaf: {@code value.re}, {@code c0[1].im}; of a structure {@code a}, {@code pos.x}, {@code m[0][1]}
     * where rows are single items, {@code c0.a} where they are more. A name in which there are dots, brackets or
     * backticks is in backticks.
     *
     * @param shape of the whole array
     * @param column index into a row, in C order of all axes but the first, those of sub-arrays last
     */
    public static String of(Shape shape, Leaf leaf, long column) {
        if (leaf.isItem()) {
            return of(shape, column);
        }
        long block = leaf.elements();
        long rest = column % block;
        StringBuilder name = new StringBuilder();
        if (shape.dimensions() > 1 || !leaf.isOfStructure()) {
            name.append(of(shape, column / block)).append('.');
        }
        int axis = 0;
        for (int field = 0; field < leaf.path().size(); field++) {
            name.append(field == 0 ? "" : ".").append(quoted(leaf.path().get(field)));
            for (; axis < leaf.end(field); axis++) {
                block /= leaf.axis(axis);
                name.append('[').append(rest / block).append(']');
                rest %= block;
            }
        }
        return name.toString();
    }

    private static String quoted(String name) {
        boolean plain = !name.isEmpty() && name.chars().noneMatch(c -> SPECIAL.indexOf(c) >= 0);
        return plain ? name : "`" + name.replace("`", "``") + "`";
    }

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
