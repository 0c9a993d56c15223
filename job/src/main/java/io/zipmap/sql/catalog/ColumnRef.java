package io.zipmap.sql.catalog;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.types.DataType;
import org.jspecify.annotations.Nullable;

/** A column of a scan: a column of an array, a whole array, a hidden column, or a partition column. Immutable. */
public final class ColumnRef implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final int HIDDEN = -1;
    private static final int BY_NAME = -2;
    private static final int BY_NAME_OR_FILE = -3;

    private final String name;
    private final int member;
    private final int number;
    private final boolean whole;
    private final DataType type;
    private final PartitionColumns partitions;

    private ColumnRef(String name, int member, int number, boolean whole, DataType type, PartitionColumns partitions) {
        this.name = name;
        this.member = member;
        this.number = number;
        this.whole = whole;
        this.type = type;
        this.partitions = partitions;
    }

    /** A column that the names of partition folders give. */
    static ColumnRef ofPartition(String name, DataType type, PartitionColumns partitions) {
        return new ColumnRef(name, HIDDEN, HIDDEN, false, type, partitions);
    }

    static ColumnRef hidden(String name, DataType type) {
        return new ColumnRef(name, HIDDEN, HIDDEN, false, type, PartitionColumns.NONE);
    }

    /** @param number index along the second axis of the only array of a row group, or index of the field */
    static ColumnRef ofArray(String name, int number, DataType type) {
        return new ColumnRef(name, 0, number, false, type, PartitionColumns.NONE);
    }

    /** @param member position of the array in its row group */
    static ColumnRef ofMember(String name, int member, DataType type) {
        return new ColumnRef(name, member, 0, true, type, PartitionColumns.NONE);
    }

    /** @param files whether each bare .npy file has the column */
    static ColumnRef ofMerged(String name, boolean files, DataType type) {
        return new ColumnRef(name, files ? BY_NAME_OR_FILE : BY_NAME, 0, true, type, PartitionColumns.NONE);
    }

    /** These columns in one row group; null for each column that has no array in the group. */
    public static List<@Nullable ColumnRef> in(RowGroup group, List<ColumnRef> columns) {
        List<@Nullable ColumnRef> found = new ArrayList<>(columns);
        if (columns.stream().noneMatch(ColumnRef::isByName)) {
            return found;
        }
        Map<String, Integer> members = new HashMap<>();
        for (int i = 0; i < group.arrays().size(); i++) {
            FoundArray array = group.array(i);
            members.putIfAbsent(MemberGrouping.nameOf(array.archive(), array.entry()), i);
        }
        boolean isFile = group.entry() == null;
        for (int i = 0; i < columns.size(); i++) {
            ColumnRef column = columns.get(i);
            if (column.isByName()) {
                Integer member =
                        isFile && column.member == BY_NAME_OR_FILE ? Integer.valueOf(0) : members.get(column.name);
                found.set(i, member == null ? null : ofMember(column.name, member, column.type));
            }
        }
        return found;
    }

    /** Whether the column finds its array in each row group by its name. */
    public boolean isByName() {
        return member < HIDDEN;
    }

    public String name() {
        return name;
    }

    /** Whether no array has the column: its values follow from the archive, the entry or the row number. */
    public boolean isHidden() {
        return member == HIDDEN;
    }

    /** The position of the array in its row group. */
    public int member() {
        return member;
    }

    /** The partition columns among which this is one; {@code NONE} if it is no partition column. */
    public PartitionColumns partitions() {
        return partitions;
    }

    /** The index along the second axis of the array, or the index of the field; 0 for a whole array. */
    public int number() {
        return number;
    }

    /** Whether each value is a whole row of the array. */
    public boolean isWhole() {
        return whole;
    }

    public DataType type() {
        return type;
    }
}
