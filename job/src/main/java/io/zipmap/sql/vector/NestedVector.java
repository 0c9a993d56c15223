package io.zipmap.sql.vector;

import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarArray;

/**
 * An axis after the second, or an axis of a subarray, as ARRAY, never null. Each value is a view of neighbours in a
 * vector of the elements.
 */
final class NestedVector extends PlainVector {
    private final ColumnVector elements;
    private final int base;
    private final int stride;
    private final int length;

    /**
     * @param base index in {@code elements} of the first element of the first value
     * @param stride elements from the start of a value to the start of the next
     * @param length elements of one value
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
