package io.zipmap.sql;

import io.zipmap.sql.catalog.Inventory;
import io.zipmap.sql.catalog.InventoryCache;
import io.zipmap.sql.catalog.SourceSettings;
import io.zipmap.sql.catalog.TableSnapshot;
import io.zipmap.sql.pushdown.PushedAggregation;
import io.zipmap.sql.pushdown.PushedCount;
import io.zipmap.sql.pushdown.PushedWork;
import io.zipmap.sql.pushdown.Selection;
import io.zipmap.sql.pushdown.ZoneFilter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.connector.expressions.aggregate.Aggregation;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.SupportsPushDownAggregates;
import org.apache.spark.sql.connector.read.SupportsPushDownLimit;
import org.apache.spark.sql.connector.read.SupportsPushDownOffset;
import org.apache.spark.sql.connector.read.SupportsPushDownRequiredColumns;
import org.apache.spark.sql.connector.read.SupportsPushDownV2Filters;
import org.apache.spark.sql.types.StructType;

/**
 * Takes from a query what can be answered without reading: which arrays and rows, how many of them, and which columns;
 * and aggregates, which are answered where the arrays are mapped. What it takes it answers exactly; the rest stays with
 * Spark. Of predicates over values zone maps only tell which blocks of rows to leave out, so Spark evaluates them too.
 * When bad arrays are left out, the number of rows is known only after they were read, so limits and counts stay with
 * Spark as well.
 */
final class ZipmapScanBuilder
        implements SupportsPushDownV2Filters,
                SupportsPushDownRequiredColumns,
                SupportsPushDownLimit,
                SupportsPushDownOffset,
                SupportsPushDownAggregates {
    private final InventoryCache arrays;
    private final TableSnapshot look;
    private final StructType schema;
    private final Inventory inventory;
    private final SourceSettings settings;
    private final List<Predicate> pushed = new ArrayList<>();
    private ZoneFilter zones = ZoneFilter.NONE;
    private Selection selection = Selection.ALL;
    private StructType required;
    private Optional<PushedCount> count = Optional.empty();
    private Optional<PushedAggregation> aggregation = Optional.empty();

    ZipmapScanBuilder(InventoryCache arrays, TableSnapshot look, StructType schema) {
        this.arrays = arrays;
        this.look = look;
        this.schema = schema;
        this.inventory = look.inventory();
        this.settings = look.settings();
        this.required = schema;
    }

    @Override
    public Predicate[] pushPredicates(Predicate[] predicates) {
        List<Predicate> left = new ArrayList<>();
        for (Predicate predicate : predicates) {
            Optional<Selection> narrowed = selection.where(predicate);
            if (narrowed.isPresent()) {
                selection = narrowed.get();
                pushed.add(predicate);
            } else {
                left.add(predicate);
                zones = zones.and(predicate, inventory.schema());
            }
        }
        return left.toArray(Predicate[]::new);
    }

    @Override
    public Predicate[] pushedPredicates() {
        return Stream.concat(pushed.stream(), zones.predicates()).toArray(Predicate[]::new);
    }

    @Override
    public void pruneColumns(StructType requiredSchema) {
        required = requiredSchema;
    }

    @Override
    public boolean pushLimit(int limit) {
        if (!takesLimits()) {
            return false;
        }
        selection = selection.limit(limit);
        return true;
    }

    /**
     * What comes after an aggregate is a limit of groups, not of the rows under them; after a filter, of the rows that
     * it keeps.
     */
    private boolean takesLimits() {
        return !settings.leavesOutBadArrays() && zones.isEmpty() && count.isEmpty() && aggregation.isEmpty();
    }

    /** Spark has nothing left to do: the pieces of the scan have no row more. */
    @Override
    public boolean isPartiallyPushed() {
        return false;
    }

    @Override
    public boolean pushOffset(int offset) {
        if (!takesLimits()) {
            return false;
        }
        selection = selection.offset(offset);
        return true;
    }

    /** Only of what the headers tell. For the rest Spark turns AVG into SUM and COUNT, and puts the slices together. */
    @Override
    public boolean supportCompletePushDown(Aggregation functions) {
        return !settings.leavesOutBadArrays()
                && PushedCount.of(functions, inventory).isPresent();
    }

    @Override
    public boolean pushAggregation(Aggregation functions) {
        if (settings.leavesOutBadArrays() || !zones.isEmpty()) {
            return false;
        }
        count = PushedCount.of(functions, inventory);
        if (count.isEmpty()) {
            aggregation = PushedAggregation.of(functions, inventory);
        }
        return count.isPresent() || aggregation.isPresent();
    }

    @Override
    public Scan build() {
        PushedWork work = new PushedWork(List.copyOf(pushed), zones, selection);
        Scan scan = scan(work);
        try {
            look.presence().check(consumer -> selection.forEach(inventory, consumer));
            return scan;
        } catch (IOException e) {
            return new FailedScan(scan.readSchema(), e);
        }
    }

    private Scan scan(PushedWork work) {
        ScanRefresh kept = new ScanRefresh(arrays, schema, inventory, selection);
        if (count.isPresent()) {
            return new CountScan(kept, count.get(), work);
        }
        if (aggregation.isPresent()) {
            return new AggregateScan(kept, settings, look.access(), aggregation.get(), work);
        }
        return new BatchScan(kept, look, required, work);
    }
}
