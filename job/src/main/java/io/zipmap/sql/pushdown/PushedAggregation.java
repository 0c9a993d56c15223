package io.zipmap.sql.pushdown;

import io.zipmap.sql.catalog.ColumnRef;
import io.zipmap.sql.catalog.Inventory;
import io.zipmap.sql.catalog.RowSlice;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
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

    private final PushedGrouping groups;
    private final List<PushedFunction> functions;

    private PushedAggregation(PushedGrouping groups, List<PushedFunction> functions) {
        this.groups = groups;
        this.functions = List.copyOf(functions);
    }

    /** Empty if Spark has to aggregate the rows itself. */
    public static Optional<PushedAggregation> of(Aggregation aggregation, Inventory inventory) {
        List<PushedFunction> functions = new ArrayList<>();
        for (AggregateFunc function : aggregation.aggregateExpressions()) {
            PushedFunction.of(function, inventory).ifPresent(functions::add);
        }
        return PushedGrouping.of(aggregation.groupByExpressions(), inventory.partitions())
                .filter(groups -> functions.size() == aggregation.aggregateExpressions().length)
                .map(groups -> new PushedAggregation(groups, functions));
    }

    public boolean isGrouped() {
        return !groups.isEmpty();
    }

    /** The columns whose values the aggregates read. */
    public ColumnsByMember columns() {
        return ColumnsByMember.of(functions.stream()
                .flatMap(function -> function.valueColumn().stream())
                .toList());
    }

    /** Names of the columns whose values the aggregates read. */
    public List<String> columnNames() {
        return functions.stream()
                .flatMap(function -> function.valueColumn().stream())
                .map(ColumnRef::name)
                .distinct()
                .toList();
    }

    /** Columns of the groups, then columns of the aggregates, in the order that Spark expects. */
    public StructType schema() {
        StructType schema = groups.schema();
        for (int i = 0; i < functions.size(); i++) {
            PushedFunction function = functions.get(i);
            schema = schema.add(function + (i == 0 ? "" : " " + i), function.type(), !function.isCount());
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

    /** The row of a partition without slices. Without it, Spark would return null instead of 0 for a count. */
    public InternalRow emptyRow() {
        List<@Nullable Object> values = new ArrayList<>();
        for (PushedFunction function : functions) {
            values.add(function.isCount() ? 0L : null);
        }
        return new GenericInternalRow(values.toArray());
    }

    /** The text that EXPLAIN shows. */
    public String explain() {
        return "PushedAggregates: " + functions + ", PushedGroupBy: " + groups;
    }
}
