package io.zipmap.sql.pushdown;

import io.zipmap.sql.catalog.ColumnRef;
import io.zipmap.sql.vector.KeySet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps the rows that a filter keeps and whose value is not after the last of the first values so far. Not thread-safe.
 */
final class TopRowSelector implements RowSelector {
    private final RowFilter filter;
    private final ValueExpression value;
    private final boolean isDescending;
    private final List<ColumnRef> columns;

    /** The keys of the first values so far, inverted if they are descending. */
    private final LeastKeys first;

    private KeySet wanted = KeySet.notNull();
    private long[] keys = {};

    TopRowSelector(RowFilter filter, ValueExpression value, boolean isDescending, int limit) {
        this.filter = filter;
        this.value = value;
        this.isDescending = isDescending;
        this.first = new LeastKeys(limit);
        Map<String, ColumnRef> all = new LinkedHashMap<>();
        filter.columns().forEach(column -> all.put(column.name(), column));
        value.columns().forEach(column -> all.putIfAbsent(column.name(), column));
        this.columns = List.copyOf(all.values());
    }

    @Override
    public boolean isEmpty() {
        return false;
    }

    @Override
    public List<ColumnRef> columns() {
        return columns;
    }

    @Override
    public int select(BatchValues values, int[] rows, int count) {
        int filtered = filter.select(values, rows, count);
        int kept = filtered == 0 ? 0 : selectWanted(values, rows, filtered);
        return kept > 0 && add(values, rows, kept) ? selectWanted(values, rows, kept) : kept;
    }

    private int selectWanted(BatchValues values, int[] rows, int count) {
        return wanted.select(values.of(value, rows, count), rows, count);
    }

    /** @return whether fewer values are wanted from now on */
    private boolean add(BatchValues values, int[] rows, int count) {
        if (keys.length < count) {
            keys = new long[count];
        }
        values.of(value, rows, count).keys(keys, rows, count);
        if (isDescending) {
            for (int j = 0; j < count; j++) {
                keys[j] = ~keys[j];
            }
        }
        long before = first.last();
        first.add(keys, count);
        long last = first.last();
        if (last == before) {
            return false;
        }
        wanted = isDescending ? KeySet.below(~last).complement() : KeySet.upTo(last);
        return true;
    }
}
