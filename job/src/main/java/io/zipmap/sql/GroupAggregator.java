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
 * their rows are complete; Spark merges them. If most groups have one row, few are held, so that they stay in the cache
 * of a core. Not thread-safe.
 */
final class GroupAggregator implements RowAggregator {
    private static final int MOST_GROUPS = 1 << 17;
    private static final int FEW_GROUPS = 1 << 12;

    /** Of keys and statistics, as long as they need not grow. */
    private static final int MOST_BYTES = 16 << 20;

    /** Fewer rows in a group do not pay for holding more than {@link #FEW_GROUPS}. */
    private static final int FEWEST_ROWS = 2;

    private final PushedAggregation aggregation;
    private final List<ValueExpression> values;
    private final int mostGroups;
    private GroupKeys keys;
    private List<GroupedStats> stats;

    /** The groups that are held before they are handed out, and the rows that were added to them. */
    private int room;

    private long added;
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
        int bytes = GroupKeys.BYTES
                + stats.stream().mapToInt(GroupedStats::bytesOfGroup).sum();
        this.mostGroups = Math.max(FEW_GROUPS, Math.min(MOST_GROUPS, MOST_BYTES / bytes));
        this.room = mostGroups;
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
            clear();
        }
        aggregation.groups().keys(batch, rows, count, rowKeys);
        keys.add(rowKeys, rows, count, groups);
        for (int i = 0; i < values.size(); i++) {
            stats.get(i).grow(keys.size());
            batch.of(values.get(i), rows, count).addTo(stats.get(i), rows, count, groups);
        }
        added += count;
        return keys.size() < room ? Collections.emptyIterator() : handOut();
    }

    /** To clear what has grown large would cost more than the few groups that are held from now on. */
    private void clear() {
        int size = keys.size();
        boolean isFull = size >= room;
        room = isFull && added < (long) FEWEST_ROWS * size ? FEW_GROUPS : Math.min(mostGroups, 4 * room);
        added = 0;
        if (isFull && room < size) {
            keys = aggregation.groupKeys();
            stats = aggregation.groupedStats();
        } else {
            keys.clear();
            stats.forEach(GroupedStats::clear);
        }
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
