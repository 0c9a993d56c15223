package io.zipmap.sql;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.sql.catalog.Inventory;
import io.zipmap.sql.catalog.InventoryCache;
import io.zipmap.sql.catalog.LeftOutMember;
import io.zipmap.sql.catalog.RowSlice;
import io.zipmap.sql.catalog.SourceSettings;
import io.zipmap.sql.catalog.TableSnapshot;
import io.zipmap.sql.pushdown.PushedAggregation;
import io.zipmap.sql.pushdown.PushedCount;
import io.zipmap.sql.pushdown.PushedWork;
import io.zipmap.sql.pushdown.RowFilter;
import io.zipmap.sql.pushdown.Selection;
import io.zipmap.sql.pushdown.TopRows;
import io.zipmap.sql.pushdown.ZoneFilter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.connector.expressions.SortOrder;
import org.apache.spark.sql.connector.expressions.aggregate.Aggregation;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.SupportsPushDownAggregates;
import org.apache.spark.sql.connector.read.SupportsPushDownLimit;
import org.apache.spark.sql.connector.read.SupportsPushDownOffset;
import org.apache.spark.sql.connector.read.SupportsPushDownRequiredColumns;
import org.apache.spark.sql.connector.read.SupportsPushDownTopN;
import org.apache.spark.sql.connector.read.SupportsPushDownV2Filters;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Negotiates with Spark which parts of a query the source takes over, and builds the scan for them.
 *
 * <p>The source takes over the choice of columns, predicates on hidden columns and partition columns, predicates that
 * compare values with literals, limits and offsets, and aggregates, and computes them exactly. Other predicates stay
 * with Spark, and so does ORDER BY, but of its LIMIT the source leaves out most of the rows that do not come first. By
 * both kinds of predicates on values it skips blocks of rows in which, by their zone map, no row can match. If bad
 * arrays are left out, the number of rows is not known before they are read, so limits and aggregates stay with Spark
 * too.
 */
final class ZipmapScanBuilder
        implements SupportsPushDownV2Filters,
                SupportsPushDownRequiredColumns,
                SupportsPushDownLimit,
                SupportsPushDownOffset,
                SupportsPushDownTopN,
                SupportsPushDownAggregates {
    private final InventoryCache cache;
    private final TableSnapshot snapshot;
    private final StructType schema;
    private final Inventory inventory;
    private final SourceSettings settings;
    private final List<Predicate> pushed = new ArrayList<>();
    private ZoneFilter zones = ZoneFilter.NONE;
    private RowFilter filter = RowFilter.NONE;
    private boolean isFilteredBySpark;
    private Selection selection = Selection.ALL;
    private StructType required;
    private @Nullable TopRows top;
    private Optional<PushedCount> count = Optional.empty();
    private Optional<PushedAggregation> aggregation = Optional.empty();

    ZipmapScanBuilder(InventoryCache cache, TableSnapshot snapshot, StructType schema) {
        this.cache = cache;
        this.snapshot = snapshot;
        this.schema = schema;
        this.inventory = snapshot.inventory();
        this.settings = snapshot.settings();
        this.required = schema;
    }

    @Override
    public Predicate[] pushPredicates(Predicate[] predicates) {
        List<Predicate> left = new ArrayList<>();
        for (Predicate predicate : predicates) {
            Optional<Selection> narrowed = selection.where(predicate, inventory.partitions());
            if (narrowed.isPresent()) {
                selection = narrowed.get();
                pushed.add(predicate);
                continue;
            }
            zones = zones.and(predicate, inventory.columns());
            Optional<RowFilter> filtered = filter.and(predicate, inventory.columns());
            if (filtered.isPresent()) {
                filter = filtered.get();
                pushed.add(predicate);
            } else {
                left.add(predicate);
            }
        }
        isFilteredBySpark = !left.isEmpty();
        return left.toArray(Predicate[]::new);
    }

    @Override
    public Predicate[] pushedPredicates() {
        return Stream.concat(pushed.stream(), zones.predicates()).distinct().toArray(Predicate[]::new);
    }

    @Override
    public void pruneColumns(StructType requiredSchema) {
        required = requiredSchema;
    }

    @Override
    public boolean pushLimit(int limit) {
        if (!canLimit()) {
            return false;
        }
        selection = selection.limit(limit);
        return true;
    }

    /** Whether a limit counts rows of the slices: not those that a filter keeps, nor the groups of an aggregate. */
    private boolean canLimit() {
        return !settings.leavesOutBadArrays()
                && !isFilteredBySpark
                && filter.isEmpty()
                && top == null
                && count.isEmpty()
                && aggregation.isEmpty();
    }

    @Override
    public boolean pushTopN(SortOrder[] orders, int limit) {
        if (isFilteredBySpark || count.isPresent() || aggregation.isPresent()) {
            return false;
        }
        top = TopRows.of(orders, limit, inventory.columns()).orElse(null);
        return top != null;
    }

    /** False for a limit alone: the slices of the scan have exactly its rows. */
    @Override
    public boolean isPartiallyPushed() {
        return top != null;
    }

    @Override
    public boolean pushOffset(int offset) {
        if (!canLimit()) {
            return false;
        }
        selection = selection.offset(offset);
        return true;
    }

    /** True for counts from the headers only. Otherwise Spark turns AVG into SUM and COUNT and merges the slices. */
    @Override
    public boolean supportCompletePushDown(Aggregation functions) {
        return !settings.leavesOutBadArrays()
                && filter.isEmpty()
                && PushedCount.of(functions, inventory).isPresent();
    }

    @Override
    public boolean pushAggregation(Aggregation functions) {
        if (settings.leavesOutBadArrays() || isFilteredBySpark) {
            return false;
        }
        count = filter.isEmpty() ? PushedCount.of(functions, inventory) : Optional.empty();
        if (count.isEmpty()) {
            aggregation = PushedAggregation.of(functions, inventory, filter);
        }
        return count.isPresent() || aggregation.isPresent();
    }

    @Override
    public Scan build() {
        Map<String, LeftOutMember> leftOut = inventory.leftOut();
        for (String name : required.fieldNames()) {
            if (!inventory.columns().has(name)
                    && inventory.partitions().index(name).isEmpty()) {
                LeftOutMember member = leftOut.get(name);
                return new FailedScan(required, member == null ? noLongerLeftOut(name) : member.error());
            }
        }
        PushedWork work = new PushedWork(List.copyOf(pushed), zones, filter, top, selection);
        Scan scan = scan(work);
        try {
            snapshot.archiveCheck().check(slices -> selection.forEach(inventory, slices));
            return scan;
        } catch (IOException e) {
            return new FailedScan(scan.readSchema(), e);
        }
    }

    /** The error of a query that Spark analysed before archives changed. */
    private static ZipmapException noLongerLeftOut(String member) {
        return new ZipmapException(Condition.COLUMNS_CHANGED, "Cannot read a member that no archive has: " + member)
                .advice("Load the table again.");
    }

    private Scan scan(PushedWork work) {
        ScanRefresh refresh = new ScanRefresh(cache, schema, inventory, selection);
        if (count.isPresent()) {
            return new CountScan(refresh, count.get(), selection, RowSlice::rows, Inventory::rows, work.explain());
        }
        if (aggregation.isPresent()) {
            return new AggregateScan(refresh, settings, snapshot.access(), aggregation.get(), work);
        }
        return new BatchScan(refresh, snapshot, required, work);
    }
}
