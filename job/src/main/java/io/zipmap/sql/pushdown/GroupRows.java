package io.zipmap.sql.pushdown;

import io.zipmap.stats.GroupKeys;
import io.zipmap.stats.GroupedStats;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.jspecify.annotations.Nullable;

/**
 * Makes the rows of groups, each when it is asked for. It returns the same object each time, because there may be as
 * many groups as rows. Keys and statistics must not change before the last row. Not thread-safe.
 */
final class GroupRows implements Iterator<InternalRow> {
    private final PushedGrouping grouping;
    private final ArrayNames names;
    private final GroupKeys keys;
    private final PushedFunction[] functions;
    private final @Nullable GroupedStats[] stats;
    private final @Nullable Object[] values;
    private final InternalRow row;
    private int next;

    /**
     * @param stats of the value of each function; null for a function without a value
     * @param values of a row, of which those of names are set
     */
    GroupRows(
            PushedGrouping grouping,
            ArrayNames names,
            GroupKeys keys,
            List<PushedFunction> functions,
            @Nullable GroupedStats[] stats,
            @Nullable Object[] values) {
        this.grouping = grouping;
        this.names = names;
        this.keys = keys;
        this.functions = functions.toArray(PushedFunction[]::new);
        this.stats = stats;
        this.values = values;
        this.row = new GenericInternalRow(values);
    }

    @Override
    public boolean hasNext() {
        return next < keys.size();
    }

    @Override
    public InternalRow next() {
        if (next >= keys.size()) {
            throw new NoSuchElementException();
        }
        grouping.setValues(names, keys.key(next), values);
        long count = keys.count(next);
        int first = values.length - functions.length;
        for (int i = 0; i < functions.length; i++) {
            values[first + i] = functions[i].valueOfGroup(count, next, stats[i]);
        }
        next++;
        return row;
    }
}
