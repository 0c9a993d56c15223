package io.zipmap.sql;

import io.zipmap.plan.StoreAccess;
import io.zipmap.sql.catalog.ColumnRef;
import io.zipmap.sql.catalog.SourceSettings;
import io.zipmap.sql.error.QueryErrors;
import io.zipmap.sql.pushdown.ArrayPartition;
import io.zipmap.sql.pushdown.RowFilter;
import io.zipmap.sql.pushdown.TopRows;
import io.zipmap.sql.pushdown.ZoneFilter;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.jspecify.annotations.Nullable;

/** Makes a {@link BatchReader} for each partition, in the task. Immutable. */
final class BatchReaderFactory implements PartitionReaderFactory {
    private static final long serialVersionUID = 1L;

    private final StoreAccess access;
    private final SourceSettings settings;
    private final List<ColumnRef> columns;
    private final ZoneFilter zones;
    private final RowFilter filter;
    private final @Nullable TopRows top;

    BatchReaderFactory(
            StoreAccess access,
            SourceSettings settings,
            List<ColumnRef> columns,
            ZoneFilter zones,
            RowFilter filter,
            @Nullable TopRows top) {
        this.access = access;
        this.settings = settings;
        this.columns = List.copyOf(columns);
        this.zones = zones;
        this.filter = filter;
        this.top = top;
    }

    @Override
    public boolean supportColumnarReads(InputPartition partition) {
        return true;
    }

    @Override
    public PartitionReader<ColumnarBatch> createColumnarReader(InputPartition partition) {
        return QueryErrors.naming(new BatchReader(
                access, settings, columns, zones, top == null ? filter : top.selector(filter), (ArrayPartition)
                        RefreshedPartitions.unwrap(partition)));
    }

    @Override
    public PartitionReader<InternalRow> createReader(InputPartition partition) {
        throw new UnsupportedOperationException("zipmap reads in batches only");
    }
}
