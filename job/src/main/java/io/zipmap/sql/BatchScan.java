package io.zipmap.sql;

import io.zipmap.plan.StoreAccess;
import io.zipmap.sql.catalog.ColumnRef;
import io.zipmap.sql.catalog.Inventory;
import io.zipmap.sql.catalog.MetadataField;
import io.zipmap.sql.catalog.SourceSettings;
import io.zipmap.sql.catalog.TableSnapshot;
import io.zipmap.sql.pushdown.PartitionCutter;
import io.zipmap.sql.pushdown.PushedWork;
import io.zipmap.sql.pushdown.Selection;
import io.zipmap.sql.pushdown.SelectionSize;
import java.util.ArrayList;
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
import org.jspecify.annotations.Nullable;

/**
 * One scan of a table: the columns and rows that a query needs. What a join finds out at run time may still narrow it.
 */
final class BatchScan implements Batch, SupportsReportStatistics, SupportsRuntimeV2Filtering {
    private final ScanRefresh kept;
    private final Inventory inventory;
    private final SourceSettings settings;
    private final StoreAccess access;
    private final StructType schema;
    private final PushedWork work;
    private Selection selection;
    private @Nullable SelectionSize sums;

    BatchScan(ScanRefresh kept, TableSnapshot look, StructType schema, PushedWork work) {
        this.kept = kept;
        this.inventory = look.inventory();
        this.settings = look.settings();
        this.access = look.access();
        this.schema = schema;
        this.work = work;
        this.selection = work.selection();
    }

    @Override
    public StructType readSchema() {
        return schema;
    }

    @Override
    public String description() {
        kept.described(this);
        List<String> hidden = new ArrayList<>(List.of(schema.fieldNames()));
        hidden.retainAll(MetadataField.NAMES);
        return "zipmap, columns " + (schema.size() - hidden.size()) + " of "
                + inventory.schema().size() + (hidden.isEmpty() ? "" : " and " + String.join(", ", hidden)) + ", "
                + work.explain();
    }

    @Override
    public Batch toBatch() {
        return this;
    }

    @Override
    public ColumnarSupportMode columnarSupportMode() {
        return ColumnarSupportMode.SUPPORTED;
    }

    /** Of the rows that are selected; bytes of the columns that are read, as Spark will hold them. */
    @Override
    public Statistics estimateStatistics() {
        return new KnownStatistics(sums().rows(), sums().rows() * Math.max(1, schema.defaultSize()));
    }

    private SelectionSize sums() {
        SelectionSize known = sums;
        if (known == null) {
            known = SelectionSize.of(inventory, selection);
            sums = known;
        }
        return known;
    }

    /** Of the columns that the scan has: Spark looks for no others. */
    @Override
    public NamedReference[] filterAttributes() {
        return Arrays.stream(schema.fieldNames())
                .filter(name -> name.equals(MetadataField.ARCHIVE.name()) || name.equals(MetadataField.ENTRY.name()))
                .map(Expressions::column)
                .toArray(NamedReference[]::new);
    }

    @Override
    public void filter(Predicate[] predicates) {
        selection = selection.runtimeFilter(predicates);
        sums = null;
    }

    @Override
    public InputPartition[] planInputPartitions() {
        return kept.partitions(now -> PartitionCutter.cut(now, settings, selection));
    }

    @Override
    public PartitionReaderFactory createReaderFactory() {
        List<ColumnRef> columns = new ArrayList<>();
        for (String name : schema.fieldNames()) {
            columns.add(ColumnRef.of(name, inventory.schema(), schema));
        }
        return new BatchReaderFactory(access, settings, columns, work.zones());
    }

    @Override
    public CustomMetric[] supportedCustomMetrics() {
        return ScanTotals.all();
    }
}
