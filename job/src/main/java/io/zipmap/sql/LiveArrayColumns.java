package io.zipmap.sql;

import io.zipmap.plan.ArrayColumns;
import io.zipmap.sql.catalog.FoundArray;
import io.zipmap.sql.catalog.PartitionColumns;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The columns of the rows of one {@link LiveArraysReader}, by their positions. Immutable. */
final class LiveArrayColumns {
    private static final int NONE = -1;

    private final List<String> names;
    private final PartitionColumns partitions;
    private final int[] indices;

    /** @param names of columns in {@link ArrayColumns} or in {@code partitions} */
    LiveArrayColumns(List<String> names, PartitionColumns partitions) {
        this.names = names;
        this.partitions = partitions;
        this.indices = names.stream()
                .mapToInt(name -> partitions.index(name).orElse(NONE))
                .toArray();
    }

    int count() {
        return names.size();
    }

    String name(int ordinal) {
        return names.get(ordinal);
    }

    boolean isPartition(int ordinal) {
        return indices[ordinal] != NONE;
    }

    /** The value of a partition column, as an object of Spark's rows. */
    @Nullable
    Object partitionValue(int ordinal, FoundArray array) {
        return partitions.value(indices[ordinal], array.archive().uri());
    }

    /** Whether a value exists only after the array was extracted, or found in place. */
    boolean needFile() {
        return names.stream().anyMatch(ArrayColumns::needsFile);
    }
}
