package io.zipmap.sql.vector;

import io.zipmap.array.ArrayLayout;
import io.zipmap.array.Dtype;
import io.zipmap.array.Field;
import io.zipmap.array.Shape;
import io.zipmap.sql.catalog.ColumnRef;
import io.zipmap.sql.catalog.FoundArray;
import io.zipmap.sql.catalog.TableSchema;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnVector;

/** Chooses the one class of vector for a column, so that the compiler sees one getter where Spark's loop calls it. */
public final class VectorFactory {
    private final FoundArray array;
    private final BatchBuffers buffers;

    private VectorFactory(FoundArray array, BatchBuffers buffers) {
        this.array = array;
        this.buffers = buffers;
    }

    /**
     * A column over buffers that are filled.
     *
     * @param base number of its first item in them
     * @param stride items from row to row in them
     */
    public static ColumnVector of(FoundArray array, BatchBuffers buffers, ColumnRef column, int base, int stride) {
        ArrayLayout layout = array.layout();
        VectorFactory vectors = new VectorFactory(array, buffers);
        if (layout.hasFieldColumns()) {
            Field field = layout.dtype().fields().get(column.number());
            List<String> path = List.of(field.name());
            return vectors.nested(field.shape().toArray(), field.dtype(), path, column.type(), base, stride);
        }
        Shape shape = layout.shape();
        long[] axes = Arrays.copyOfRange(shape.toArray(), Math.min(2, shape.dimensions()), shape.dimensions());
        int items = (int) Arrays.stream(axes).reduce(1, (a, b) -> a * b);
        int first = items == 0 ? 0 : base / items;
        int step = items == 0 ? 0 : stride / items;
        return vectors.nested(axes, layout.dtype(), List.of(), column.type(), first, step);
    }

    private ColumnVector nested(long[] axes, Dtype dtype, List<String> path, DataType type, int base, int stride) {
        if (axes.length == 0) {
            return value(dtype, path, type, base, stride);
        }
        ArrayType nested = (ArrayType) type;
        int length = (int) axes[0];
        long[] rest = Arrays.copyOfRange(axes, 1, axes.length);
        ColumnVector elements = nested(rest, dtype, path, nested.elementType(), 0, 1);
        return new NestedVector(elements, nested, base * length, stride * length, length);
    }

    private ColumnVector value(Dtype dtype, List<String> path, DataType type, int base, int stride) {
        if (dtype.fields().isEmpty()) {
            return scalar(dtype, buffers.array(path), type, base, stride);
        }
        StructType struct = (StructType) type;
        StructField[] wanted = struct.fields();
        ColumnVector[] fields = new ColumnVector[wanted.length];
        for (int i = 0; i < fields.length; i++) {
            Field field = BatchBuffers.field(dtype, wanted[i].name());
            List<String> under = BatchBuffers.under(path, field.name());
            fields[i] = nested(field.shape().toArray(), field.dtype(), under, wanted[i].dataType(), base, stride);
        }
        return new StructVector(struct, fields);
    }

    private ColumnVector scalar(Dtype dtype, Object values, DataType type, int base, int stride) {
        return switch (dtype.kind()) {
            case BOOL -> new BoolVector((byte[]) values, base, stride);
            case FLOAT ->
                dtype.itemSize() == 8
                        ? new DoubleVector((double[]) values, base, stride)
                        : new FloatVector((float[]) values, base, stride);
            case INT ->
                switch (dtype.itemSize()) {
                    case 1 -> new ByteVector((byte[]) values, base, stride);
                    case 2 -> new ShortVector((short[]) values, base, stride);
                    case 4 -> new IntVector((int[]) values, base, stride);
                    default -> new LongVector((long[]) values, base, stride);
                };
            case UINT ->
                switch (dtype.itemSize()) {
                    case 1 -> new UnsignedByteVector((byte[]) values, base, stride);
                    case 2 -> new UnsignedShortVector((short[]) values, base, stride);
                    case 4 -> new LongVector((long[]) values, base, stride);
                    default -> new UnsignedLongVector((long[]) values, base, stride);
                };
            case DATETIME, TIMEDELTA ->
                new TimeVector(
                        type,
                        (long[]) values,
                        base,
                        stride,
                        TableSchema.stepMicros(dtype).orElse(1),
                        array);
            case BYTES, UNICODE -> new TextVector(dtype, (byte[]) values, base, stride);
            case COMPLEX, STRUCT -> throw new IllegalArgumentException("Not a scalar: " + dtype);
        };
    }
}
