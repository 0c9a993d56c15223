package io.zipmap.sql.pushdown;

import io.zipmap.sql.catalog.ColumnRef;
import io.zipmap.sql.catalog.Inventory;
import io.zipmap.sql.catalog.PartitionColumns;
import io.zipmap.sql.catalog.RowSlice;
import io.zipmap.stats.ColumnStats;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.aggregate.AggregateFunc;
import org.apache.spark.sql.connector.expressions.aggregate.Aggregation;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * The aggregates of a query that a scan computes: one row for each slice, from the statistics of the slice. Spark
 * merges the rows of a group. Immutable.
 */
public final class PushedAggregation implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Each of these columns has a buffer of half a megabyte if rows are filtered. */
    private static final int MOST_FILTERED_COLUMNS = 32;

    private final PushedGrouping groups;
    private final List<PushedFunction> functions;
    private final RowFilter filter;

    private PushedAggregation(PushedGrouping groups, List<PushedFunction> functions, RowFilter filter) {
        this.groups = groups;
        this.functions = List.copyOf(functions);
        this.filter = filter;
    }

    /**
     * Empty if Spark has to aggregate the rows itself.
     *
     * @param filter of the rows that are aggregated
     */
    public static Optional<PushedAggregation> of(Aggregation aggregation, Inventory inventory, RowFilter filter) {
        List<PushedFunction> functions = new ArrayList<>();
        for (AggregateFunc function : aggregation.aggregateExpressions()) {
            PushedFunction.of(function, inventory).ifPresent(functions::add);
        }
        return PushedGrouping.of(aggregation.groupByExpressions(), inventory.partitions())
                .filter(groups -> functions.size() == aggregation.aggregateExpressions().length)
                .map(groups -> new PushedAggregation(groups, functions, filter))
                .filter(pushed -> filter.isEmpty() || pushed.canFilter());
    }

    /**
     * Partial aggregates without groups, which Spark merges as the buffers of its own partial aggregation; empty if
     * Spark has to aggregate the rows itself.
     *
     * @param filter of the rows that are aggregated
     */
    public static Optional<PushedAggregation> ofBuffers(List<PushedFunction> functions, RowFilter filter) {
        return PushedGrouping.of(new Expression[0], PartitionColumns.NONE)
                .map(groups -> new PushedAggregation(groups, functions, filter))
                .filter(pushed -> filter.isEmpty() || pushed.canFilter());
    }

    private boolean canFilter() {
        return valueColumns().size() <= MOST_FILTERED_COLUMNS
                && functions.stream().noneMatch(PushedFunction::isOfRowNumbers);
    }

    /** The filter of the rows that are aggregated. */
    public RowFilter filter() {
        return filter;
    }

    public boolean isGrouped() {
        return !groups.isEmpty();
    }

    /** The columns whose values the aggregates read, by the array that has them. */
    public ColumnsByMember columns() {
        return ColumnsByMember.of(valueColumns());
    }

    /** The columns whose values the aggregates read, each once. */
    public List<ColumnRef> valueColumns() {
        Map<String, ColumnRef> columns = new LinkedHashMap<>();
        for (PushedFunction function : functions) {
            function.valueColumn().ifPresent(column -> columns.putIfAbsent(column.name(), column));
        }
        return List.copyOf(columns.values());
    }

    /** Names of the columns whose values the aggregates read. */
    public List<String> columnNames() {
        return valueColumns().stream().map(ColumnRef::name).toList();
    }

    /** Columns of the groups, then columns of the aggregates, in the order that Spark expects. */
    public StructType schema() {
        StructType schema = groups.schema();
        for (int i = 0; i < functions.size(); i++) {
            PushedFunction function = functions.get(i);
            schema = schema.add(function + (i == 0 ? "" : " " + i), function.type(), function.isNullable());
        }
        return schema;
    }

    /** @param stats of the slice, for the {@link #columns} at least */
    public InternalRow row(RowSlice slice, GroupStats stats) {
        List<@Nullable Object> values = new ArrayList<>(groups.key(slice.group()));
        for (PushedFunction function : functions) {
            values.add(function.value(
                    slice, function.valueColumn().map(stats::column).orElse(null)));
        }
        return new GenericInternalRow(values.toArray());
    }

    /**
     * The row of a slice of which the filter keeps some rows.
     *
     * @param kept the number of these rows
     * @param stats of their values, for the {@link #valueColumns} in their order
     */
    public InternalRow filteredRow(RowSlice slice, long kept, List<ColumnStats> stats) {
        List<String> names = columnNames();
        List<@Nullable Object> values = new ArrayList<>(groups.key(slice.group()));
        for (PushedFunction function : functions) {
            ColumnStats ofColumn = function.valueColumn()
                    .map(column -> stats.get(names.indexOf(column.name())))
                    .orElse(null);
            values.add(function.filteredValue(slice, kept, ofColumn));
        }
        return new GenericInternalRow(values.toArray());
    }

    /** The row of a partition without slices. Without it, Spark would return null instead of 0 for a count. */
    public InternalRow emptyRow() {
        List<@Nullable Object> values = new ArrayList<>();
        for (PushedFunction function : functions) {
            values.add(function.valueOfNoRow());
        }
        return new GenericInternalRow(values.toArray());
    }

    /** The text that EXPLAIN shows. */
    public String explain() {
        return "PushedAggregates: " + functions + ", PushedGroupBy: " + groups;
    }
}
