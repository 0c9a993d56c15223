package io.zipmap.sql.catalog;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** Checks that arrays can be read as the columns that a table got when it was loaded or created. */
public final class TableSchemaCheck {
    private TableSchemaCheck() {}

    /** @throws ZipmapException {@code COLUMNS_CHANGED}, with the first column that differs */
    public static void check(StructType table, StructType arrays) throws ZipmapException {
        for (int i = 0; i < Math.max(table.size(), arrays.size()); i++) {
            StructField tableField = i < table.size() ? table.apply(i) : null;
            StructField arrayField = sameColumn(tableField, arrays, i);
            if (tableField == null || arrayField == null || !fits(tableField, arrayField)) {
                throw new ZipmapException(
                                Condition.COLUMNS_CHANGED,
                                "Cannot read arrays whose columns are not those of the table: column " + i)
                        .expected(ddl(tableField))
                        .actual(ddl(arrayField))
                        .advice("Load the table without a schema; drop a persistent table and create it again.");
            }
        }
    }

    /** The column of the same name, because members may change their order; else the one in this place. */
    private static @Nullable StructField sameColumn(@Nullable StructField table, StructType arrays, int place) {
        if (table != null && arrays.getFieldIndex(table.name()).isDefined()) {
            return arrays.apply(table.name());
        }
        return place < arrays.size() ? arrays.apply(place) : null;
    }

    private static String ddl(@Nullable StructField field) {
        return field == null ? "none" : field.toDDL();
    }

    private static boolean fits(StructField table, StructField arrays) {
        return table.name().equals(arrays.name())
                && (table.nullable() || !arrays.nullable())
                && (!table.metadata().contains(TableSchema.UNIT)
                        || arrays.metadata().contains(TableSchema.UNIT)
                                && table.metadata()
                                        .getString(TableSchema.UNIT)
                                        .equals(arrays.metadata().getString(TableSchema.UNIT)))
                && typeFits(table.dataType(), arrays.dataType());
    }

    private static boolean typeFits(DataType table, DataType arrays) {
        if (table instanceof ArrayType one && arrays instanceof ArrayType other) {
            return (one.containsNull() || !other.containsNull()) && typeFits(one.elementType(), other.elementType());
        }
        if (table instanceof StructType one && arrays instanceof StructType other) {
            boolean same = one.size() == other.size();
            for (int i = 0; same && i < one.size(); i++) {
                same = fits(one.apply(i), other.apply(i));
            }
            return same;
        }
        return table.equals(arrays);
    }
}
