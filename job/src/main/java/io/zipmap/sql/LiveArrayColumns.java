package io.zipmap.sql;

import io.zipmap.plan.ArrayColumns;
import io.zipmap.sql.catalog.FoundArray;
import io.zipmap.sql.catalog.PartitionColumns;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The columns of the rows of one {@link LiveArraysReader}, by their positions. It keeps the partition values of the
 * last archive, because neighbouring arrays are of one archive. Not thread-safe.
 */
final class LiveArrayColumns {
    private static final int NONE = -1;

    private final List<String> names;
    private final PartitionColumns partitions;
    private final int[] indices;
    private final @Nullable Object[] values;
    private @Nullable String archive;

    /** @param names of columns in {@link ArrayColumns} or in {@code partitions} */
    LiveArrayColumns(List<String> names, PartitionColumns partitions) {
        this.names = names;
        this.partitions = partitions;
        this.indices = names.stream()
                .mapToInt(name -> partitions.index(name).orElse(NONE))
                .toArray();
        this.values = new Object[names.size()];
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
        String uri = array.archive().uri();
        if (!uri.equals(archive)) {
            for (int i = 0; i < indices.length; i++) {
                values[i] = indices[i] == NONE ? null : partitions.value(indices[i], uri);
            }
            archive = uri;
        }
        return values[ordinal];
    }

    /** Whether a value exists only after the array was extracted, or found in place. */
    boolean needFile() {
        return names.stream().anyMatch(ArrayColumns::needsFile);
    }
}
