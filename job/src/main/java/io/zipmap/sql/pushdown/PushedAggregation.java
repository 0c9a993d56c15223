package io.zipmap.sql.pushdown;

import io.zipmap.sql.catalog.ColumnRef;
import io.zipmap.sql.catalog.Inventory;
import io.zipmap.sql.catalog.RowGroup;
import io.zipmap.sql.catalog.RowSlice;
import io.zipmap.stats.ColumnStats;
import io.zipmap.stats.GroupKeys;
import io.zipmap.stats.GroupedStats;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.aggregate.AggregateFunc;
import org.apache.spark.sql.connector.expressions.aggregate.Aggregation;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * The aggregates of a query that a scan computes: one row for each slice, from the statistics of the slice or from its
 * rows, or one row for each group of rows. Spark merges the rows of a group. Immutable.
 */
public final class PushedAggregation implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Each of these expressions has a buffer of half a megabyte if rows are read. */
    private static final int MOST_VALUES_OF_ROWS = 32;

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
        PushedFunctionTranslator translator = new PushedFunctionTranslator(inventory);
        List<PushedFunction> functions = new ArrayList<>();
        for (AggregateFunc function : aggregation.aggregateExpressions()) {
            translator.translate(function).ifPresent(functions::add);
        }
        return functions.size() == aggregation.aggregateExpressions().length
                ? of(aggregation.groupByExpressions(), functions, inventory, filter)
                : Optional.empty();
    }

    /**
     * Aggregates of these functions; empty if Spark has to aggregate the rows itself.
     *
     * @param groupBy the expressions of GROUP BY
     * @param filter of the rows that are aggregated
     */
    public static Optional<PushedAggregation> of(
            Expression[] groupBy, List<PushedFunction> functions, Inventory inventory, RowFilter filter) {
        return PushedGrouping.of(groupBy, inventory)
                .map(groups -> new PushedAggregation(groups, functions, filter))
                .filter(PushedAggregation::isPossible);
    }

    private boolean isPossible() {
        return isOfStatistics()
                || values().size() <= MOST_VALUES_OF_ROWS
                        && functions.stream().noneMatch(PushedFunction::isOfRowNumbers)
                        && (!groups.hasValues() || functions.stream().allMatch(PushedFunction::canBeGrouped));
    }

    /** Whether the statistics of slices give the rows; else the rows of the slices must be read. */
    public boolean isOfStatistics() {
        return filter.isEmpty() && !groups.hasValues() && functions.stream().allMatch(PushedFunction::isOfStatistics);
    }

    /** The filter of the rows that are aggregated. */
    public RowFilter filter() {
        return filter;
    }

    /** The groups of the rows. */
    public PushedGrouping groups() {
        return groups;
    }

    /** The columns whose statistics the aggregates need, by the array that has them. */
    public ColumnsByMember columns() {
        return ColumnsByMember.of(isOfStatistics() ? valueColumns() : List.of());
    }

    /** The columns whose values the aggregates and groups read, each once. */
    public List<ColumnRef> valueColumns() {
        Map<String, ColumnRef> columns = new LinkedHashMap<>();
        Stream.concat(values().stream(), groups.values().stream())
                .flatMap(value -> value.columns().stream())
                .forEach(column -> columns.putIfAbsent(column.name(), column));
        return List.copyOf(columns.values());
    }

    /** The expressions that are aggregated, each once. */
    public List<ValueExpression> values() {
        return functions.stream()
                .flatMap(function -> function.value().stream())
                .distinct()
                .toList();
    }

    /** Names of the columns whose values the aggregates and groups read. */
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
     * The row of a slice of which some rows were read.
     *
     * @param kept the number of these rows
     * @param stats of the {@link #values}, in their order
     */
    public InternalRow rowOfRows(RowSlice slice, long kept, List<ColumnStats> stats) {
        List<ValueExpression> all = values();
        List<@Nullable Object> values = new ArrayList<>(groups.key(slice.group()));
        for (PushedFunction function : functions) {
            ColumnStats ofValue =
                    function.value().map(value -> stats.get(all.indexOf(value))).orElse(null);
            values.add(function.valueOfRows(slice, kept, ofValue));
        }
        return new GenericInternalRow(values.toArray());
    }

    /** Empty statistics of groups, for each of the {@link #values}. */
    public List<GroupedStats> groupedStats() {
        List<GroupedStats> stats = new ArrayList<>();
        for (ValueExpression value : values()) {
            stats.add(new GroupedStats(parts(value), value.isIntegral()));
        }
        return stats;
    }

    /** The statistics of one of the {@link #values} that the functions need. */
    private Set<GroupedStats.Part> parts(ValueExpression value) {
        Set<GroupedStats.Part> parts = EnumSet.noneOf(GroupedStats.Part.class);
        functions.stream()
                .filter(function -> function.value().filter(value::equals).isPresent())
                .forEach(function -> parts.addAll(function.parts()));
        return parts;
    }

    /** Whether the functions need no more of one of the {@link #values} than the sum of floating-point numbers. */
    public boolean isFloatingSum(ValueExpression value) {
        return value.isFloating() && Set.of(GroupedStats.Part.SUM).equals(parts(value));
    }

    /** Empty keys of the values of the groups. */
    public GroupKeys groupKeys() {
        return new GroupKeys(groups.bits());
    }

    /**
     * The rows of groups, each made when it is asked for, as one object. Keys and statistics must not change before
     * that.
     *
     * @param of a row group of the rows, all with the same names
     * @param stats of the {@link #values}, in their order
     */
    public Iterator<InternalRow> rowsOfGroups(RowGroup of, GroupKeys keys, List<GroupedStats> stats) {
        List<ValueExpression> all = values();
        @Nullable GroupedStats[] byFunction = new GroupedStats[functions.size()];
        for (int i = 0; i < byFunction.length; i++) {
            byFunction[i] = functions
                    .get(i)
                    .value()
                    .map(value -> stats.get(all.indexOf(value)))
                    .orElse(null);
        }
        @Nullable Object[] row = Arrays.copyOf(groups.key(of).toArray(), groups.size() + functions.size());
        return new GroupRows(groups, ArrayNames.of(of), keys, functions, byFunction, row);
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
