package io.zipmap.sql.pushdown;

import io.zipmap.sql.catalog.ArraySlice;
import io.zipmap.sql.catalog.ColumnRef;
import io.zipmap.sql.catalog.Inventory;
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

/** Aggregates that a scan answers slice by slice; Spark puts the slices of a group together. Immutable. */
public final class PushedAggregation implements Serializable {
    private static final long serialVersionUID = 1L;

    private final PushedGrouping groups;
    private final List<PushedFunction> aggregates;

    private PushedAggregation(PushedGrouping groups, List<PushedFunction> aggregates) {
        this.groups = groups;
        this.aggregates = List.copyOf(aggregates);
    }

    /** Empty when Spark has to look at the rows themselves. */
    public static Optional<PushedAggregation> of(Aggregation aggregation, Inventory inventory) {
        List<PushedFunction> aggregates = new ArrayList<>();
        for (AggregateFunc function : aggregation.aggregateExpressions()) {
            PushedFunction.of(function, inventory).ifPresent(aggregates::add);
        }
        return PushedGrouping.of(aggregation.groupByExpressions())
                .filter(groups -> aggregates.size() == aggregation.aggregateExpressions().length)
                .map(groups -> new PushedAggregation(groups, aggregates));
    }

    public boolean isGrouped() {
        return !groups.isEmpty();
    }

    /** Columns whose values are needed, in order. */
    public int[] columns() {
        return aggregates.stream()
                .flatMap(aggregate -> aggregate.reads().stream())
                .mapToInt(ColumnRef::number)
                .sorted()
                .distinct()
                .toArray();
    }

    /** The groups, then the aggregates, as Spark expects them. */
    public StructType schema() {
        StructType schema = groups.schema();
        for (int i = 0; i < aggregates.size(); i++) {
            PushedFunction aggregate = aggregates.get(i);
            schema = schema.add(aggregate + (i == 0 ? "" : " " + i), aggregate.type(), !aggregate.isCount());
        }
        return schema;
    }

    public InternalRow row(ArraySlice piece, SliceStats stats) {
        List<@Nullable Object> values = new ArrayList<>(groups.key(piece.array()));
        for (PushedFunction aggregate : aggregates) {
            values.add(
                    aggregate.value(piece, aggregate.reads().map(stats::column).orElse(null)));
        }
        return new GenericInternalRow(values.toArray());
    }

    /** What there is of no rows: without it Spark would count null instead of 0. */
    public InternalRow nothing() {
        List<@Nullable Object> values = new ArrayList<>();
        for (PushedFunction aggregate : aggregates) {
            values.add(aggregate.isCount() ? 0L : null);
        }
        return new GenericInternalRow(values.toArray());
    }

    public String text() {
        return "PushedAggregates: " + aggregates + ", PushedGroupBy: " + groups;
    }
}
