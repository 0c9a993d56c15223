package io.zipmap.sql.catalog;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** Whether arrays can still be read as the columns that a table has from when it was loaded or created. */
public final class TableSchemaCheck {
    private TableSchemaCheck() {}

    /** @throws ZipmapException {@code COLUMNS_CHANGED}, with the first column that differs */
    public static void refuse(StructType table, StructType now) throws ZipmapException {
        for (int i = 0; i < Math.max(table.size(), now.size()); i++) {
            StructField had = i < table.size() ? table.apply(i) : null;
            StructField has = i < now.size() ? now.apply(i) : null;
            if (had == null || has == null || !holds(had, has)) {
                throw new ZipmapException(
                                Condition.COLUMNS_CHANGED,
                                "Cannot read arrays whose columns are not those of the table: column " + i)
                        .expected(text(had))
                        .actual(text(has))
                        .advice("Load the table again; drop a persistent table and create it again.");
            }
        }
    }

    private static String text(@Nullable StructField field) {
        return field == null ? "none" : field.toDDL();
    }

    private static boolean holds(StructField had, StructField has) {
        return had.name().equals(has.name())
                && (had.nullable() || !has.nullable())
                && (!had.metadata().contains(TableSchema.UNIT) || had.metadata().equals(has.metadata()))
                && holds(had.dataType(), has.dataType());
    }

    private static boolean holds(DataType had, DataType has) {
        if (had instanceof ArrayType one && has instanceof ArrayType other) {
            return (one.containsNull() || !other.containsNull()) && holds(one.elementType(), other.elementType());
        }
        if (had instanceof StructType one && has instanceof StructType other) {
            boolean same = one.size() == other.size();
            for (int i = 0; same && i < one.size(); i++) {
                same = holds(one.apply(i), other.apply(i));
            }
            return same;
        }
        return had.equals(has);
    }
}
