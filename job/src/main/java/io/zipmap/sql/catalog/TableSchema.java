package io.zipmap.sql.catalog;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.array.ArrayLayout;
import io.zipmap.array.ColumnNames;
import io.zipmap.array.Dtype;
import io.zipmap.array.Field;
import io.zipmap.array.Shape;
import io.zipmap.array.TimeStep;
import io.zipmap.options.Option;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Maps a dtype and shape to the columns of a table: one column for each index along the second axis, an ARRAY for each
 * further axis, and a STRUCT for an item that has fields. A structured array of one axis has one column for each field.
 */
public final class TableSchema {
    /** A limit, because Spark's planner is slow with thousands of columns. */
    static final int MAX_COLUMNS = 20_000;

    /** Metadata key of a time that is a BIGINT; the value is its unit: {@code ns}, {@code 3M}, {@code generic}. */
    public static final String UNIT = "unit";

    /** Metadata key of numpy's dtype of a column, as the table {@code arrays} has it: {@code float32}, {@code >f4}. */
    public static final String DTYPE = "dtype";

    /** Metadata key of the shape of one value of a column: empty for a scalar. */
    public static final String SHAPE = "shape";

    private TableSchema() {}

    /**
     * @param names the names that the user gives to columns; null for {@code value}, or {@code c0}, {@code c1}…, or the
     *     names of the fields
     * @param nanosAsTimestamp whether datetime64[ns] is TIMESTAMP_NTZ
     * @throws ZipmapException {@code COLUMNS_TOO_MANY}, {@code COLUMN_NAME_UNUSABLE}, {@code OPTION_INVALID}
     */
    static StructType schema(FoundArray array, @Nullable NamedColumns names, boolean nanosAsTimestamp)
            throws ZipmapException {
        ArrayLayout layout = array.layout();
        Shape shape = layout.shape();
        List<Field> fields = layout.hasFieldColumns() ? layout.dtype().fields() : List.of();
        long available = !fields.isEmpty() ? fields.size() : shape.dimensions() < 2 ? 1 : shape.axis(1);
        long taken;
        try {
            taken = names == null ? available : names.countOf(available, !fields.isEmpty());
        } catch (ZipmapException e) {
            throw e.archive(array.archive().uri()).entry(array.entry());
        }
        long leavesPerColumn = fields.isEmpty() ? layout.dtype().leaves().size() : 1;
        if (taken > MAX_COLUMNS / leavesPerColumn) {
            throw new ZipmapException(Condition.COLUMNS_TOO_MANY, "Cannot make a table with too many columns: " + taken)
                    .archive(array.archive().uri())
                    .entry(array.entry())
                    .expected("at most " + MAX_COLUMNS / leavesPerColumn)
                    .advice("Give " + Option.COLUMNS.mention("a,b,...") + " to take the first columns.");
        }
        ColumnNameCheck.check(array, names);
        StructField[] columns = new StructField[(int) taken];
        long[] axes = Arrays.copyOfRange(shape.toArray(), Math.min(2, shape.dimensions()), shape.dimensions());
        StructField item = column(ColumnNames.VALUE, layout.dtype(), axes, nanosAsTimestamp);
        for (int c = 0; c < columns.length; c++) {
            if (fields.isEmpty()) {
                columns[c] =
                        new StructField(columnName(shape, names, c), item.dataType(), item.nullable(), item.metadata());
            } else {
                Field field = fields.get(c);
                String name = names == null ? field.name() : names.name(c);
                columns[c] = column(name, field.dtype(), field.shape().toArray(), nanosAsTimestamp);
            }
        }
        return new StructType(columns);
    }

    /** The column of a whole array: a value for each index along the first axis. */
    static StructField member(String name, ArrayLayout layout, boolean nanosAsTimestamp) {
        Shape shape = layout.shape();
        return column(
                name,
                layout.dtype(),
                Arrays.copyOfRange(shape.toArray(), Math.min(1, shape.dimensions()), shape.dimensions()),
                nanosAsTimestamp);
    }

    /** A field with its dtype and the shape of its values in the metadata. */
    private static StructField column(String name, Dtype dtype, long[] axes, boolean nanosAsTimestamp) {
        StructField field = field(name, dtype, axes, nanosAsTimestamp);
        Metadata metadata = new MetadataBuilder()
                .withMetadata(field.metadata())
                .putString(DTYPE, dtype.toString())
                .putLongArray(SHAPE, axes)
                .build();
        return new StructField(name, field.dataType(), field.nullable(), metadata);
    }

    private static String columnName(Shape shape, @Nullable NamedColumns names, int column) {
        if (names != null) {
            return names.name(column);
        }
        return shape.dimensions() < 2 ? ColumnNames.VALUE : "c" + column;
    }

    /**
     * The column of a dtype, inside one ARRAY for each of the axes. Only times can be null. A time that is a BIGINT has
     * its unit in the metadata.
     */
    private static StructField field(String name, Dtype dtype, long[] axes, boolean nanosAsTimestamp) {
        DataType type = sparkType(dtype, nanosAsTimestamp);
        DataType item = type;
        boolean nullable = dtype.kind().isTime();
        for (int i = 0; i < axes.length; i++) {
            type = DataTypes.createArrayType(type, nullable);
            nullable = false;
        }
        MetadataBuilder metadata = new MetadataBuilder();
        if (dtype.kind().isTime() && stepMicros(dtype).isEmpty() && item.equals(DataTypes.LongType)) {
            metadata.putString(UNIT, dtype.step().orElseThrow().toString());
        }
        return new StructField(name, type, nullable, metadata.build());
    }

    /** Microseconds of one step of a time; empty if Spark has no type for this time. */
    public static OptionalLong stepMicros(Dtype dtype) {
        return dtype.step().map(TimeStep::micros).orElse(OptionalLong.empty());
    }

    /** Whether the unit of a time is the nanosecond. */
    private static boolean isNanosecond(Dtype dtype) {
        return dtype.step().map(TimeStep::isNanosecond).orElse(false);
    }

    /**
     * The smallest type of Spark that holds every value of the dtype exactly. A time whose microseconds exceed a BIGINT
     * is an error when it is read.
     */
    public static DataType sparkType(Dtype dtype) {
        return sparkType(dtype, false);
    }

    private static DataType sparkType(Dtype dtype, boolean nanosAsTimestamp) {
        int size = dtype.itemSize();
        return switch (dtype.kind()) {
            case BOOL -> DataTypes.BooleanType;
            case FLOAT -> size == 8 ? DataTypes.DoubleType : DataTypes.FloatType;
            case INT ->
                switch (size) {
                    case 1 -> DataTypes.ByteType;
                    case 2 -> DataTypes.ShortType;
                    case 4 -> DataTypes.IntegerType;
                    default -> DataTypes.LongType;
                };
            case UINT ->
                switch (size) {
                    case 1 -> DataTypes.ShortType;
                    case 2 -> DataTypes.IntegerType;
                    case 4 -> DataTypes.LongType;
                    default -> DataTypes.createDecimalType(20, 0);
                };
            case DATETIME ->
                stepMicros(dtype).isPresent() || nanosAsTimestamp && isNanosecond(dtype)
                        ? DataTypes.TimestampNTZType
                        : DataTypes.LongType;
            case TIMEDELTA ->
                stepMicros(dtype).isPresent() ? DataTypes.createDayTimeIntervalType() : DataTypes.LongType;
            case BYTES, UNICODE -> DataTypes.StringType;
            case COMPLEX, STRUCT -> {
                StructType struct = new StructType();
                for (Field field : dtype.fields()) {
                    struct = struct.add(
                            field(field.name(), field.dtype(), field.shape().toArray(), nanosAsTimestamp));
                }
                yield struct;
            }
        };
    }
}
