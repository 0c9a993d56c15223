package io.zipmap.sql;

import io.zipmap.plan.StoreAccess;
import io.zipmap.sql.catalog.Inventory;
import io.zipmap.sql.catalog.SourceSettings;
import io.zipmap.sql.pushdown.PartitionCutter;
import io.zipmap.sql.pushdown.PushedAggregation;
import io.zipmap.sql.pushdown.PushedWork;
import io.zipmap.sql.pushdown.Selection;
import io.zipmap.sql.pushdown.SelectionSize;
import org.apache.spark.sql.connector.metric.CustomMetric;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.types.StructType;

/** A scan with pushed aggregates: each task returns one row of partial aggregates for each slice. */
final class AggregateScan implements Scan, Batch {
    private final ScanRefresh refresh;
    private final SourceSettings settings;
    private final StoreAccess access;
    private final PushedAggregation aggregation;
    private final PushedWork work;

    AggregateScan(
            ScanRefresh refresh,
            SourceSettings settings,
            StoreAccess access,
            PushedAggregation aggregation,
            PushedWork work) {
        this.refresh = refresh;
        this.settings = settings;
        this.access = access;
        this.aggregation = aggregation;
        this.work = work;
    }

    @Override
    public StructType readSchema() {
        return aggregation.schema();
    }

    @Override
    public String description() {
        refresh.refreshIfRunAgain(this);
        Inventory inventory = refresh.inventory();
        String members = inventory.columns().areMembers()
                ? TableText.members(
                                aggregation.columnNames(), inventory.schema().size()) + ", "
                : "";
        return "zipmap, " + members + aggregation.explain() + ", " + work.explain();
    }

    @Override
    public Batch toBatch() {
        return this;
    }

    @Override
    public ColumnarSupportMode columnarSupportMode() {
        return ColumnarSupportMode.UNSUPPORTED;
    }

    @Override
    public InputPartition[] planInputPartitions() {
        Selection selection = work.selection();
        return refresh.partitions(inventory ->
                PartitionCutter.ofAggregates(inventory, settings, selection, SelectionSize.of(inventory, selection)));
    }

    @Override
    public PartitionReaderFactory createReaderFactory() {
        return new AggregateReaderFactory(access, aggregation, work.zones());
    }

    @Override
    public CustomMetric[] supportedCustomMetrics() {
        return ScanTotals.all();
    }
}
