package io.zipmap.sql;

import io.zipmap.plan.StoreAccess;
import io.zipmap.sql.catalog.PartitionColumns;
import io.zipmap.sql.error.QueryErrors;
import io.zipmap.sql.pushdown.ArrayPartition;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;

/** Makes a {@link LiveArraysReader} for each partition, in the task. Immutable. */
final class LiveArraysReaderFactory implements PartitionReaderFactory {
    private static final long serialVersionUID = 1L;

    private final StoreAccess access;
    private final boolean leavesOutBadArrays;
    private final List<String> columns;
    private final PartitionColumns partitions;
    private final long most;

    LiveArraysReaderFactory(
            StoreAccess access,
            boolean leavesOutBadArrays,
            List<String> columns,
            PartitionColumns partitions,
            long most) {
        this.access = access;
        this.leavesOutBadArrays = leavesOutBadArrays;
        this.columns = List.copyOf(columns);
        this.partitions = partitions;
        this.most = most;
    }

    @Override
    public PartitionReader<InternalRow> createReader(InputPartition partition) {
        return QueryErrors.naming(
                new LiveArraysReader(access, leavesOutBadArrays, columns, partitions, most, (ArrayPartition)
                        RefreshedPartitions.unwrap(partition)));
    }
}
