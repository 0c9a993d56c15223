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
import java.util.OptionalLong;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnVector;

/**
 * Makes the vector of a column, of the class that fits its dtype. One class per dtype lets the JIT compiler inline the
 * getter into Spark's loop. A vector reads the arrays of {@link BatchBuffers} and stays valid while they are filled
 * again.
 */
public final class VectorFactory {
    private final FoundArray array;
    private final BatchBuffers buffers;

    private VectorFactory(FoundArray array, BatchBuffers buffers) {
        this.array = array;
        this.buffers = buffers;
    }

    /**
     * @param array source of the values, for messages
     * @param layout in which the column has its number
     * @param base index in the buffers of the column's first item, {@link BatchLayout#base}
     * @param stride items from one row to the next, {@link BatchLayout#stride}; 0 if all rows have the first value
     */
    public static ColumnVector create(
            FoundArray array, ArrayLayout layout, BatchBuffers buffers, ColumnRef column, int base, int stride) {
        VectorFactory factory = new VectorFactory(array, buffers);
        if (layout.hasFieldColumns()) {
            Field field = layout.dtype().fields().get(column.number());
            List<String> path = List.of(field.name());
            return factory.nested(field.shape().toArray(), field.dtype(), path, column.type(), base, stride);
        }
        Shape shape = layout.shape();
        long[] axes = Arrays.copyOfRange(shape.toArray(), Math.min(2, shape.dimensions()), shape.dimensions());
        int items = (int) Arrays.stream(axes).reduce(1, (a, b) -> a * b);
        int firstValue = items == 0 ? 0 : base / items;
        int valueStride = items == 0 ? 0 : stride / items;
        return factory.nested(axes, layout.dtype(), List.of(), column.type(), firstValue, valueStride);
    }

    /** A vector of values with these axes: a value, or arrays nested once for each axis. */
    private ColumnVector nested(long[] axes, Dtype dtype, List<String> path, DataType type, int base, int stride) {
        if (axes.length == 0) {
            return value(dtype, path, type, base, stride);
        }
        ArrayType arrayType = (ArrayType) type;
        int length = (int) axes[0];
        long[] rest = Arrays.copyOfRange(axes, 1, axes.length);
        ColumnVector elements = nested(rest, dtype, path, arrayType.elementType(), 0, 1);
        return new NestedVector(elements, arrayType, base * length, stride * length, length);
    }

    /** A vector of one structure or scalar per value. */
    private ColumnVector value(Dtype dtype, List<String> path, DataType type, int base, int stride) {
        if (dtype.fields().isEmpty()) {
            return scalar(dtype, buffers.values(path), type, base, stride);
        }
        StructType struct = (StructType) type;
        StructField[] wanted = struct.fields();
        ColumnVector[] fields = new ColumnVector[wanted.length];
        for (int i = 0; i < fields.length; i++) {
            Field field = BatchBuffers.field(dtype, wanted[i].name());
            List<String> fieldPath = BatchBuffers.childPath(path, field.name());
            fields[i] = nested(field.shape().toArray(), field.dtype(), fieldPath, wanted[i].dataType(), base, stride);
        }
        return new StructVector(struct, fields);
    }

    private ColumnVector time(Dtype dtype, long[] values, DataType type, int base, int stride) {
        OptionalLong micros = TableSchema.stepMicros(dtype);
        return micros.isEmpty() && type.equals(DataTypes.TimestampNTZType)
                ? new NanosecondVector(values, base, stride)
                : new TimeVector(type, values, base, stride, micros.orElse(1), array);
    }

    /** A value in the type of its column, which is wider than its own if schemas were merged. */
    private ColumnVector scalar(Dtype dtype, Object values, DataType type, int base, int stride) {
        ColumnVector narrow = exactScalar(dtype, values, type, base, stride);
        return dtype.kind().isPlain() && !narrow.dataType().equals(type) ? new WidenedVector(type, narrow) : narrow;
    }

    private ColumnVector exactScalar(Dtype dtype, Object values, DataType type, int base, int stride) {
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
            case DATETIME, TIMEDELTA -> time(dtype, (long[]) values, type, base, stride);
            case BYTES, UNICODE -> new TextVector(dtype, (byte[]) values, base, stride);
            case COMPLEX, STRUCT -> throw new IllegalArgumentException("Not a scalar: " + dtype);
        };
    }
}
