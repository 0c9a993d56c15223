package io.zipmap.sql;

import io.zipmap.plan.ArrayColumns;
import io.zipmap.sql.catalog.Inventory;
import io.zipmap.sql.catalog.MetadataField;
import io.zipmap.sql.catalog.TableSnapshot;
import io.zipmap.sql.pushdown.ArraySelection;
import io.zipmap.sql.pushdown.PartitionCutter;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.connector.expressions.Expressions;
import org.apache.spark.sql.connector.expressions.NamedReference;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.connector.metric.CustomMetric;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.Statistics;
import org.apache.spark.sql.connector.read.SupportsReportStatistics;
import org.apache.spark.sql.connector.read.SupportsRuntimeV2Filtering;
import org.apache.spark.sql.types.StructType;

/**
 * A scan that returns one row for each selected array. Tasks prefer the hosts on which a query of the elements extracts
 * the same arrays, unless the headers tell all columns.
 */
final class LiveArraysScan implements Batch, SupportsReportStatistics, SupportsRuntimeV2Filtering {
    private final ScanRefresh refresh;
    private final TableSnapshot snapshot;
    private final StructType schema;
    private final List<String> columns;
    private final String pushed;
    private final long mostOfTask;
    private final PlannedSize size;
    private ArraySelection selection;

    /**
     * @param pushed what the scan has taken over from Spark, for EXPLAIN
     * @param mostOfTask most rows of one task
     */
    LiveArraysScan(
            ScanRefresh refresh,
            TableSnapshot snapshot,
            StructType schema,
            ArraySelection selection,
            String pushed,
            long mostOfTask) {
        this.refresh = refresh;
        this.snapshot = snapshot;
        this.schema = schema;
        this.columns =
                Arrays.stream(schema.fieldNames()).map(MetadataField::ofArrays).toList();
        this.size = new PlannedSize(snapshot.inventory());
        this.selection = selection;
        this.pushed = pushed;
        this.mostOfTask = mostOfTask;
    }

    @Override
    public StructType readSchema() {
        return schema;
    }

    @Override
    public String description() {
        refresh.refreshIfRunAgain(this);
        return "zipmap arrays, " + (needsFiles() ? "with their files" : "headers only") + ", " + pushed;
    }

    private boolean needsFiles() {
        return columns.stream().anyMatch(ArrayColumns::needsFile);
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
    public Statistics estimateStatistics() {
        return ExactStatistics.of(size.of(snapshot.inventory(), selection).slices(), schema);
    }

    @Override
    public NamedReference[] filterAttributes() {
        return Arrays.stream(schema.fieldNames())
                .filter(name -> ArraySelection.canFilter(name)
                        || snapshot.inventory().partitions().index(name).isPresent())
                .map(Expressions::column)
                .toArray(NamedReference[]::new);
    }

    @Override
    public void filter(Predicate[] predicates) {
        selection = selection.runtimeFilter(predicates, snapshot.inventory().partitions());
    }

    @Override
    public InputPartition[] planInputPartitions() {
        return refresh.partitions(this::partitions);
    }

    private InputPartition[] partitions(Inventory inventory) throws IOException {
        return needsFiles()
                ? PartitionCutter.ofWholeArrays(
                        inventory, snapshot.settings(), selection, size.of(inventory, selection))
                : PartitionCutter.ofHeaders(inventory, selection);
    }

    @Override
    public PartitionReaderFactory createReaderFactory() {
        return new LiveArraysReaderFactory(
                snapshot.access(),
                snapshot.settings().leavesOutBadArrays(),
                columns,
                snapshot.inventory().partitions(),
                mostOfTask);
    }

    @Override
    public CustomMetric[] supportedCustomMetrics() {
        return ScanTotals.all();
    }
}
