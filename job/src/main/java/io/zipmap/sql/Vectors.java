package io.zipmap.sql;

import io.zipmap.array.Dtype;
import io.zipmap.array.Shape;
import io.zipmap.store.ElementBuffer;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.vectorized.ColumnVector;

/** Chooses the one class of vector for a column, so that the compiler sees one getter where Spark's loop calls it. */
final class Vectors {
    private Vectors() {}

    /** @param n the place of the column among those that are filled */
    static ColumnVector of(FoundArray array, ElementBuffer buffer, Filling filling, int n) {
        Dtype dtype = array.layout().dtype();
        Shape shape = array.layout().shape();
        int base = filling.base(n);
        int stride = filling.stride();
        if (shape.dimensions() < 3) {
            return elements(dtype, buffer.array(), base, stride);
        }
        ColumnVector vector = elements(dtype, buffer.array(), 0, 1);
        DataType type = TableShape.type(dtype);
        long unit = 1;
        for (int axis = shape.dimensions() - 1; axis > 2; axis--) {
            int length = (int) shape.axis(axis);
            vector = new NestedVector(vector, type, 0, length, length);
            type = vector.dataType();
            unit *= length;
        }
        int from = unit == 0 ? 0 : (int) (base / unit);
        int step = unit == 0 ? 0 : (int) (stride / unit);
        return new NestedVector(vector, type, from, step, (int) shape.axis(2));
    }

    private static ColumnVector elements(Dtype dtype, Object array, int base, int stride) {
        return switch (dtype.kind()) {
            case BOOL -> new BoolVector((byte[]) array, base, stride);
            case FLOAT ->
                dtype.itemSize() == 8
                        ? new DoubleVector((double[]) array, base, stride)
                        : new FloatVector((float[]) array, base, stride);
            case INT ->
                switch (dtype.itemSize()) {
                    case 1 -> new ByteVector((byte[]) array, base, stride);
                    case 2 -> new ShortVector((short[]) array, base, stride);
                    case 4 -> new IntVector((int[]) array, base, stride);
                    default -> new LongVector((long[]) array, base, stride);
                };
            case UINT ->
                switch (dtype.itemSize()) {
                    case 1 -> new UnsignedByteVector((byte[]) array, base, stride);
                    case 2 -> new UnsignedShortVector((short[]) array, base, stride);
                    case 4 -> new LongVector((long[]) array, base, stride);
                    default -> new UnsignedLongVector((long[]) array, base, stride);
                };
        };
    }
}
