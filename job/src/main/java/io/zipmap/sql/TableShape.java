package io.zipmap.sql;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.array.ColumnNames;
import io.zipmap.array.Dtype;
import io.zipmap.array.Shape;
import io.zipmap.options.Option;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** What Spark sees of arrays: a column an index along the second axis, of ARRAY where there are more axes; no value is null. */
final class TableShape {
    /** Spark's planner is slow with some thousands of columns already. */
    private static final int MOST_COLUMNS = 20_000;

    private TableShape() {}

    /**
     * @param names of the columns; null for {@code value}, or {@code c0}, {@code c1}…
     * @throws ZipmapException {@code COLUMNS_TOO_MANY}, {@code OPTION_INVALID}
     */
    static StructType schema(FoundArray array, @Nullable ColumnChoice names) throws ZipmapException {
        Shape shape = array.layout().shape();
        long all = shape.dimensions() < 2 ? 1 : shape.axis(1);
        long taken = names == null ? all : Math.min(all, names.count());
        if (names != null && names.count() > all) {
            throw new ZipmapException(
                            Condition.OPTION_INVALID,
                            "Invalid value of " + Option.COLUMNS.flag() + ": it has more names than there are columns")
                    .archive(array.archive().uri())
                    .entry(array.entry())
                    .expected("at most " + all + " names")
                    .actual(names.count() + " names");
        }
        if (taken > MOST_COLUMNS) {
            throw new ZipmapException(Condition.COLUMNS_TOO_MANY, "Cannot make a table of so many columns: " + taken)
                    .archive(array.archive().uri())
                    .entry(array.entry())
                    .expected("at most " + MOST_COLUMNS)
                    .advice("Take the first columns with the option columns.");
        }
        DataType type = type(array.layout().dtype());
        for (int axis = shape.dimensions() - 1; axis >= 2; axis--) {
            type = DataTypes.createArrayType(type, false);
        }
        StructType schema = new StructType();
        for (int c = 0; c < taken; c++) {
            schema = schema.add(name(shape, names, c), type, false);
        }
        return schema;
    }

    private static String name(Shape shape, @Nullable ColumnChoice names, int column) {
        if (names != null) {
            return names.name(column);
        }
        return shape.dimensions() < 2 ? ColumnNames.VALUE : "c" + column;
    }

    /** The smallest type of Spark that holds every value of the dtype exactly. */
    static DataType type(Dtype dtype) {
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
        };
    }
}
