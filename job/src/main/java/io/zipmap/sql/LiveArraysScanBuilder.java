package io.zipmap.sql;

import io.zipmap.sql.catalog.Inventory;
import io.zipmap.sql.catalog.InventoryCache;
import io.zipmap.sql.catalog.TableSnapshot;
import io.zipmap.sql.pushdown.ArraySelection;
import io.zipmap.sql.pushdown.PushedCount;
import io.zipmap.sql.pushdown.PushedWork;
import io.zipmap.sql.pushdown.ZoneFilter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

/**
 * Negotiates with Spark which parts of a query on the table {@code arrays} the source takes over: predicates on what
 * the headers tell, limits and offsets, COUNT(*), and the choice of columns. For ORDER BY with LIMIT the source returns
 * no more arrays than the limit, and Spark sorts them.
 *
 * <p>If bad arrays are left out, the number of rows is not known before the arrays are extracted. Then each task
 * returns the rows of a limit at most, and Spark applies the limit again.
 */
final class LiveArraysScanBuilder
        implements SupportsPushDownV2Filters,
                SupportsPushDownRequiredColumns,
                SupportsPushDownLimit,
                SupportsPushDownOffset,
                SupportsPushDownTopN,
                SupportsPushDownAggregates {
    private final InventoryCache cache;
    private final TableSnapshot snapshot;
    private final StructType schema;
    private final List<Predicate> pushed = new ArrayList<>();
    private final boolean leavesOutBadArrays;
    private ArraySelection selection = ArraySelection.ALL;
    private StructType required;
    private Optional<PushedCount> count = Optional.empty();
    private boolean sortedBySpark;
    private long mostOfTask = Long.MAX_VALUE;

    LiveArraysScanBuilder(InventoryCache cache, TableSnapshot snapshot, StructType schema) {
        this.cache = cache;
        this.snapshot = snapshot;
        this.schema = schema;
        this.leavesOutBadArrays = snapshot.settings().leavesOutBadArrays();
        this.required = schema;
    }

    @Override
    public Predicate[] pushPredicates(Predicate[] predicates) {
        List<Predicate> left = new ArrayList<>();
        for (Predicate predicate : predicates) {
            Optional<ArraySelection> narrowed =
                    selection.where(predicate, snapshot.inventory().partitions());
            if (narrowed.isPresent()) {
                selection = narrowed.get();
                pushed.add(predicate);
            } else {
                left.add(predicate);
            }
        }
        return left.toArray(Predicate[]::new);
    }

    @Override
    public Predicate[] pushedPredicates() {
        return pushed.toArray(Predicate[]::new);
    }

    @Override
    public void pruneColumns(StructType requiredSchema) {
        required = requiredSchema;
    }

    @Override
    public boolean pushLimit(int limit) {
        if (count.isPresent()) {
            return false;
        }
        if (leavesOutBadArrays) {
            mostOfTask = limit;
        } else {
            selection = selection.limit(limit);
        }
        return true;
    }

    @Override
    public boolean pushTopN(SortOrder[] orders, int limit) {
        Optional<ArraySelection> top =
                count.isPresent() || leavesOutBadArrays ? Optional.empty() : selection.top(orders, limit);
        selection = top.orElse(selection);
        sortedBySpark = top.isPresent();
        return top.isPresent();
    }

    @Override
    public boolean isPartiallyPushed() {
        return leavesOutBadArrays || sortedBySpark;
    }

    @Override
    public boolean pushOffset(int offset) {
        if (count.isPresent() || isPartiallyPushed()) {
            return false;
        }
        selection = selection.offset(offset);
        return true;
    }

    @Override
    public boolean supportCompletePushDown(Aggregation functions) {
        return PushedCount.of(functions, snapshot.inventory()).isPresent();
    }

    @Override
    public boolean pushAggregation(Aggregation functions) {
        count = PushedCount.of(functions, snapshot.inventory());
        return count.isPresent();
    }

    @Override
    public Scan build() {
        ScanRefresh refresh = new ScanRefresh(cache, schema, snapshot.inventory(), selection);
        String explained = PushedWork.explain(pushed, ZoneFilter.NONE, selection.limit(), selection.offset());
        Scan scan = count.isPresent()
                ? new CountScan(refresh, count.get(), selection, array -> 1, Inventory::groupCount, explained)
                : new LiveArraysScan(refresh, snapshot, required, selection, explained, mostOfTask);
        try {
            snapshot.archiveCheck().check(arrays -> selection.forEach(snapshot.inventory(), arrays));
            return scan;
        } catch (IOException e) {
            return new FailedScan(scan.readSchema(), e);
        }
    }
}
