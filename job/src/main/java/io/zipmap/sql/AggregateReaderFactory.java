package io.zipmap.sql;

import io.zipmap.plan.StoreAccess;
import io.zipmap.sql.error.QueryErrors;
import io.zipmap.sql.pushdown.ArrayPartition;
import io.zipmap.sql.pushdown.PushedAggregation;
import io.zipmap.sql.pushdown.ZoneFilter;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;

/** Makes an {@link AggregateReader} for each partition, in the task. Immutable. */
final class AggregateReaderFactory implements PartitionReaderFactory {
    private static final long serialVersionUID = 1L;

    private final StoreAccess access;
    private final PushedAggregation aggregation;
    private final ZoneFilter zones;

    AggregateReaderFactory(StoreAccess access, PushedAggregation aggregation, ZoneFilter zones) {
        this.access = access;
        this.aggregation = aggregation;
        this.zones = zones;
    }

    @Override
    public PartitionReader<InternalRow> createReader(InputPartition partition) {
        return QueryErrors.naming(new AggregateReader(
                access, aggregation, zones, (ArrayPartition) RefreshedPartitions.unwrap(partition)));
    }
}
