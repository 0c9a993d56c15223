package io.zipmap.sql.catalog;

import java.io.Serializable;
import java.util.Optional;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/** A column of a scan: a column of the arrays, by its number, or a hidden column. Immutable. */
public final class ColumnRef implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final int HIDDEN = -1;

    private final String name;
    private final int number;
    private final DataType type;

    private ColumnRef(String name, int number, DataType type) {
        this.name = name;
        this.number = number;
        this.type = type;
    }

    /** @param table the schema of the table, without hidden columns */
    public static ColumnRef of(String name, StructType table) {
        return of(name, table, table);
    }

    /** @param scan the schema of the scan, in which structures may have fewer fields than in the table */
    public static ColumnRef of(String name, StructType table, StructType scan) {
        Optional<MetadataField> hidden = MetadataField.of(name);
        if (hidden.isPresent()) {
            return new ColumnRef(name, HIDDEN, hidden.get().dataType());
        }
        int number = table.fieldIndex(name);
        return new ColumnRef(name, number, scan.apply(name).dataType());
    }

    public String name() {
        return name;
    }

    public boolean isHidden() {
        return number == HIDDEN;
    }

    /** The index along the second axis of the array, or the index of the field. */
    public int number() {
        return number;
    }

    public DataType type() {
        return type;
    }
}
