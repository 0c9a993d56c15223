package io.zipmap.sql;

import io.zipmap.sql.catalog.RowGroup;
import io.zipmap.sql.catalog.RowSlice;
import io.zipmap.sql.pushdown.BatchValues;
import io.zipmap.sql.pushdown.PushedAggregation;
import io.zipmap.sql.pushdown.ValueExpression;
import io.zipmap.stats.GroupKeys;
import io.zipmap.stats.GroupedStats;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.jspecify.annotations.Nullable;

/**
 * Aggregates rows by groups of their values, over all slices of the same names. Too many groups are handed out before
 * their rows are complete; Spark merges them. Not thread-safe.
 */
final class GroupAggregator implements RowAggregator {
    private static final int MOST_GROUPS = 1 << 17;

    private final PushedAggregation aggregation;
    private final List<ValueExpression> values;
    private final GroupKeys keys;
    private final List<GroupedStats> stats;
    private @Nullable RowGroup current;
    private List<@Nullable Object> names = List.of();
    private int[] groups = {};
    private long[] rowKeys = {};
    private boolean isHandedOut;

    GroupAggregator(PushedAggregation aggregation) {
        this.aggregation = aggregation;
        this.values = aggregation.values().stream().map(ValueExpression::wide).toList();
        this.keys = aggregation.groupKeys();
        this.stats = aggregation.groupedStats();
    }

    @Override
    public Iterator<InternalRow> start(RowSlice slice) {
        List<@Nullable Object> next = aggregation.groups().key(slice.group());
        Iterator<InternalRow> before = next.equals(names) ? Collections.emptyIterator() : handOut();
        names = next;
        current = slice.group();
        return before;
    }

    @Override
    public Iterator<InternalRow> add(BatchValues batch, int[] rows, int count) {
        int length = rows[count - 1] + 1;
        if (rowKeys.length < length) {
            rowKeys = new long[rows.length];
            groups = new int[rows.length];
        }
        if (isHandedOut) {
            isHandedOut = false;
            keys.clear();
            stats.forEach(GroupedStats::clear);
        }
        aggregation.groups().keys(batch, rows, count, rowKeys);
        keys.add(rowKeys, rows, count, groups);
        for (int i = 0; i < values.size(); i++) {
            stats.get(i).grow(keys.size());
            batch.of(values.get(i), rows, count).addTo(stats.get(i), rows, count, groups);
        }
        return keys.size() < MOST_GROUPS ? Collections.emptyIterator() : handOut();
    }

    @Override
    public Iterator<InternalRow> end(RowSlice slice) {
        return Collections.emptyIterator();
    }

    @Override
    public Iterator<InternalRow> finish() {
        return handOut();
    }

    /** The keys and statistics of the rows that are handed out are replaced at the next call of {@link #add}. */
    private Iterator<InternalRow> handOut() {
        if (current == null || isHandedOut || keys.size() == 0) {
            return Collections.emptyIterator();
        }
        isHandedOut = true;
        return aggregation.rowsOfGroups(current, keys, stats);
    }
}
