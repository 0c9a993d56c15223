package io.zipmap.array;

import java.util.stream.Collectors;

/**
 * Computes the names of an array's columns, one at a time, so a million columns take no memory. A 0-d or 1-d array has
 * the single column {@code value}, a 2-d array {@code c0}, {@code c1}…, an n-d array {@code c0[0]}, {@code c0[1]}…. The
 * last form is also the SQL expression for that element, because {@code c0} is an ARRAY there.
 */
public final class ColumnNames {
    /** The single column of a 0-d or 1-d array. */
    public static final String VALUE = "value";

    private static final String SPECIAL = ".[]`";

    private ColumnNames() {}

    /**
     * Name of a column of a leaf. A complex number gives {@code value.re} or {@code c0[1].im}. A structured dtype gives
     * {@code a}, {@code pos.x} or {@code m[0][1]} if each row is a single item, otherwise {@code c0.a}. A field name
     * with dots, brackets or backticks is quoted with backticks.
     *
     * @param shape of the whole array
     * @param column index into a row, in C order of all axes but the first, those of sub-arrays last
     */
    public static String ofLeaf(Shape shape, Leaf leaf, long column) {
        if (leaf.isItem()) {
            return of(shape, column);
        }
        long block = leaf.elements();
        long rest = column % block;
        StringBuilder name = new StringBuilder();
        if (shape.dimensions() > 1 || !leaf.isStructured()) {
            name.append(of(shape, column / block)).append('.');
        }
        int axis = 0;
        for (int field = 0; field < leaf.path().size(); field++) {
            name.append(field == 0 ? "" : ".").append(quoted(leaf.path().get(field)));
            for (; axis < leaf.axisEnd(field); axis++) {
                block /= leaf.axis(axis);
                name.append('[').append(rest / block).append(']');
                rest %= block;
            }
        }
        return name.toString();
    }

    /** Name of a leaf in arrays of all shapes: that of its column in a 1-d array, without the indices of sub-arrays. */
    public static String ofField(Leaf leaf) {
        String path = leaf.path().stream().map(ColumnNames::quoted).collect(Collectors.joining("."));
        if (leaf.isItem()) {
            return VALUE;
        }
        return leaf.isStructured() ? path : VALUE + "." + path;
    }

    private static String quoted(String name) {
        boolean plain = !name.isEmpty() && name.chars().noneMatch(c -> SPECIAL.indexOf(c) >= 0);
        return plain ? name : "`" + name.replace("`", "``") + "`";
    }

    /**
     * Name of a column of an array of scalars.
     *
     * @param column index into a row, in C order of all axes but the first
     * @throws IndexOutOfBoundsException if the shape has no such column
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
