package io.zipmap.sql.catalog;

import io.zipmap.array.Dtype;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** The columns of a table: their SQL types, and the array of a row group that each one shows. Immutable. */
public final class TableColumns {
    private final RowGroup first;
    private final StructType schema;
    private final @Nullable List<Integer> members;
    private final Merge merge;

    /** How a column finds its array in a row group. */
    private enum Merge {
        /** By its position, which is the same in all row groups. */
        NONE,
        /** By its name. */
        BY_NAME,
        /** By its name, or as the only array of a bare .npy file. */
        BY_NAME_OR_FILE
    }

    private TableColumns(RowGroup first, StructType schema, @Nullable List<Integer> members, Merge merge) {
        this.first = first;
        this.schema = schema;
        this.members = members;
        this.merge = merge;
    }

    /** Columns that are the columns of one array. */
    public static TableColumns ofElements(RowGroup first, StructType schema) {
        return new TableColumns(first, schema, null, Merge.NONE);
    }

    /** @param members position in each row group of the array that is the column */
    static TableColumns ofMembers(RowGroup first, StructType schema, List<Integer> members) {
        return new TableColumns(first, schema, List.copyOf(members), Merge.NONE);
    }

    /** @param files whether each bare .npy file is the only column */
    static TableColumns ofMerged(RowGroup merged, StructType schema, boolean files) {
        return new TableColumns(merged, schema, List.of(), files ? Merge.BY_NAME_OR_FILE : Merge.BY_NAME);
    }

    /**
     * Whether archives of different members are merged: values of a column may be null or of a narrower dtype, so that
     * statistics of arrays tell nothing about it.
     */
    public boolean areMerged() {
        return merge != Merge.NONE;
    }

    /** The columns of arrays, without hidden columns. */
    public StructType schema() {
        return schema;
    }

    /** Whether this is the name of a column or of a hidden column. */
    public boolean has(String name) {
        return schema.getFieldIndex(name).isDefined() || MetadataField.of(name).isPresent();
    }

    /** Whether each column is a whole array. */
    public boolean areMembers() {
        return members != null;
    }

    /** @throws IllegalArgumentException if there is no such column */
    public ColumnRef ref(String name) {
        return ref(name, schema);
    }

    /** @param scan the schema of the scan, in which structures may have fewer fields than in the table */
    public ColumnRef ref(String name, StructType scan) {
        Optional<MetadataField> hidden = MetadataField.of(name);
        if (hidden.isPresent()) {
            return ColumnRef.hidden(name, hidden.get().dataType());
        }
        int index = schema.fieldIndex(name);
        if (areMerged()) {
            return ColumnRef.ofMerged(
                    name, merge == Merge.BY_NAME_OR_FILE, scan.apply(name).dataType());
        }
        if (members == null) {
            return ColumnRef.ofArray(name, index, scan.apply(name).dataType());
        }
        return ColumnRef.ofMember(name, members.get(index), scan.apply(name).dataType());
    }

    /** The array of a column in the first row group; all others have its dtype, but for sizes and byte order. */
    public FoundArray array(ColumnRef column) {
        return first.array(column.member());
    }

    public Dtype dtype(ColumnRef column) {
        return array(column).layout().dtype();
    }

    /**
     * Whether the arrays of two inventories of one table are read in the same way. The dtypes of merged archives do not
     * matter, because each array is converted to the SQL type of its column.
     */
    public boolean haveDtypesOf(TableColumns other) {
        if (areMerged()) {
            return typesByName().equals(other.typesByName());
        }
        boolean same = first.arrays().size() == other.first.arrays().size();
        for (int i = 0; same && i < first.arrays().size(); i++) {
            same = signature(i).equals(other.signature(i));
        }
        return same;
    }

    private Map<String, DataType> typesByName() {
        Map<String, DataType> types = new HashMap<>();
        for (StructField field : schema.fields()) {
            types.put(field.name(), field.dataType());
        }
        return types;
    }

    private String signature(int member) {
        return first.array(member).layout().dtype().valueSignature();
    }
}
