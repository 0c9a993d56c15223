package io.zipmap.sql.vector;

import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarArray;

/** A column of ARRAY: each value is a view of so many neighbours in a vector of the elements. */
final class NestedVector extends PlainVector {
    private final ColumnVector elements;
    private final int base;
    private final int stride;
    private final int length;

    /**
     * @param base number of the first element of the first value
     * @param stride elements from value to value
     * @param length elements of a value
     */
    NestedVector(ColumnVector elements, ArrayType type, int base, int stride, int length) {
        super(type);
        this.elements = elements;
        this.base = base;
        this.stride = stride;
        this.length = length;
    }

    @Override
    public ColumnarArray getArray(int rowId) {
        return new ColumnarArray(elements, base + rowId * stride, length);
    }

    @Override
    public ColumnVector getChild(int ordinal) {
        return elements;
    }
}
