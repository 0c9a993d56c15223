package io.zipmap.sql;

import io.zipmap.plan.StoreAccess;
import io.zipmap.sql.catalog.ColumnRef;
import io.zipmap.sql.catalog.Inventory;
import io.zipmap.sql.catalog.MetadataField;
import io.zipmap.sql.catalog.SourceSettings;
import io.zipmap.sql.catalog.TableSnapshot;
import io.zipmap.sql.pushdown.PartitionCutter;
import io.zipmap.sql.pushdown.PushedAggregation;
import io.zipmap.sql.pushdown.PushedFunction;
import io.zipmap.sql.pushdown.PushedWork;
import io.zipmap.sql.pushdown.Selection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.Expressions;
import org.apache.spark.sql.connector.expressions.NamedReference;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.connector.metric.CustomMetric;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.Statistics;
import org.apache.spark.sql.connector.read.SupportsReportStatistics;
import org.apache.spark.sql.connector.read.SupportsRuntimeV2Filtering;
import org.apache.spark.sql.types.StructType;

/**
 * A scan that returns the selected columns and rows in batches. A join may narrow the selection by runtime filters on
 * {@code _archive}, {@code _entry} and partition columns.
 */
final class BatchScan implements Batch, SupportsReportStatistics, SupportsRuntimeV2Filtering {
    private final ScanRefresh refresh;
    private final Inventory inventory;
    private final SourceSettings settings;
    private final StoreAccess access;
    private final StructType schema;
    private final PushedWork work;
    private final PlannedSize size;
    private Selection selection;

    BatchScan(ScanRefresh refresh, TableSnapshot snapshot, StructType schema, PushedWork work) {
        this.refresh = refresh;
        this.inventory = snapshot.inventory();
        this.settings = snapshot.settings();
        this.access = snapshot.access();
        this.schema = schema;
        this.work = work;
        this.size = new PlannedSize(inventory);
        this.selection = work.selection();
    }

    @Override
    public StructType readSchema() {
        return schema;
    }

    @Override
    public String description() {
        refresh.refreshIfRunAgain(this);
        List<String> hidden = new ArrayList<>(List.of(schema.fieldNames()));
        hidden.removeAll(Set.copyOf(List.of(inventory.schema().fieldNames())));
        return "zipmap, " + columns(schema.size() - hidden.size())
                + (hidden.isEmpty() ? "" : " and " + String.join(", ", hidden)) + ", " + work.explain();
    }

    private String columns(int count) {
        int all = inventory.schema().size();
        if (!inventory.columns().areMembers()) {
            return "columns " + count + " of " + all;
        }
        List<String> members = new ArrayList<>(List.of(schema.fieldNames()));
        members.retainAll(Set.copyOf(List.of(inventory.schema().fieldNames())));
        return TableText.members(members, all);
    }

    @Override
    public Batch toBatch() {
        return this;
    }

    @Override
    public ColumnarSupportMode columnarSupportMode() {
        return ColumnarSupportMode.SUPPORTED;
    }

    @Override
    public Statistics estimateStatistics() {
        long rows = size.of(inventory, selection).rows();
        return work.filter().isEmpty() && work.top() == null
                ? ExactStatistics.of(rows, schema)
                : ExactStatistics.atMost(rows, schema);
    }

    /** The arrays that the scan was planned for. */
    Inventory inventory() {
        return inventory;
    }

    /**
     * A scan that returns aggregates of the rows of this one, for each slice or group; empty if Spark has to aggregate
     * them.
     *
     * @param groupBy the expressions of GROUP BY
     */
    Optional<Scan> aggregated(Expression[] groupBy, List<PushedFunction> functions) {
        return settings.leavesOutBadArrays() || work.top() != null
                ? Optional.empty()
                : PushedAggregation.of(groupBy, functions, inventory, work.filter())
                        .map(aggregation -> new AggregateScan(refresh, settings, access, aggregation, work));
    }

    /** The filtered columns that this scan returns; Spark accepts no others. */
    @Override
    public NamedReference[] filterAttributes() {
        return Arrays.stream(schema.fieldNames())
                .filter(name -> name.equals(MetadataField.ARCHIVE.name())
                        || name.equals(MetadataField.ENTRY.name())
                        || inventory.partitions().index(name).isPresent())
                .map(Expressions::column)
                .toArray(NamedReference[]::new);
    }

    @Override
    public void filter(Predicate[] predicates) {
        selection = selection.runtimeFilter(predicates, inventory.partitions());
    }

    @Override
    public InputPartition[] planInputPartitions() {
        return refresh.partitions(current -> work.top() == null
                ? PartitionCutter.cut(current, settings, selection, size.of(current, selection))
                : PartitionCutter.ofAggregates(current, settings, selection, size.of(current, selection)));
    }

    @Override
    public PartitionReaderFactory createReaderFactory() {
        List<ColumnRef> columns = new ArrayList<>();
        for (String name : schema.fieldNames()) {
            columns.add(inventory
                    .partitions()
                    .ref(name)
                    .orElseGet(() -> inventory.columns().ref(name, schema)));
        }
        return new BatchReaderFactory(access, settings, columns, work.zones(), work.filter(), work.top());
    }

    @Override
    public CustomMetric[] supportedCustomMetrics() {
        return ScanTotals.all();
    }
}
