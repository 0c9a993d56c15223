package io.zipmap.sql.pushdown;

import io.zipmap.array.Dtype;
import io.zipmap.sql.catalog.ColumnRef;
import io.zipmap.sql.catalog.Inventory;
import io.zipmap.sql.catalog.MetadataField;
import io.zipmap.sql.catalog.TableColumns;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.NamedReference;
import org.apache.spark.sql.connector.expressions.aggregate.AggregateFunc;
import org.apache.spark.sql.connector.expressions.aggregate.Count;
import org.apache.spark.sql.connector.expressions.aggregate.CountStar;
import org.apache.spark.sql.connector.expressions.aggregate.Max;
import org.apache.spark.sql.connector.expressions.aggregate.Min;
import org.apache.spark.sql.connector.expressions.aggregate.Sum;

/**
 * Translates aggregates over the columns of a table. Partition columns, merged members, times and texts stay with
 * Spark, as do sums of integers that may not fit into a bigint: their result depends on the ANSI mode.
 */
public final class PushedFunctionTranslator {
    private final Inventory inventory;
    private final TableColumns table;
    private final ValueExpressionTranslator expressions;

    public PushedFunctionTranslator(Inventory inventory) {
        this.inventory = inventory;
        this.table = inventory.columns();
        this.expressions = new ValueExpressionTranslator(table);
    }

    /** Empty if Spark has to evaluate the function itself. */
    Optional<PushedFunction> translate(AggregateFunc function) {
        if (function instanceof CountStar) {
            return Optional.of(countOfRows());
        }
        if (function instanceof Count count && !count.isDistinct()) {
            return count(count.column());
        }
        if (function instanceof Min min) {
            return min(min.column());
        }
        if (function instanceof Max max) {
            return max(max.column());
        }
        if (function instanceof Sum sum && !sum.isDistinct()) {
            return sum(sum.column());
        }
        return Optional.empty();
    }

    public static PushedFunction countOfRows() {
        return new PushedFunction(AggregateKind.COUNT, null);
    }

    /** The number of values of an expression without nulls. */
    public Optional<PushedFunction> count(Expression expression) {
        Optional<ColumnRef> column = column(expression);
        Optional<ValueExpression> value = column.isEmpty()
                ? computed(expression)
                : column.filter(one -> one.isHidden()
                                || !inventory.schema().apply(one.name()).nullable())
                        .map(one -> ValueExpression.of(one, false));
        return value.map(one -> new PushedFunction(AggregateKind.COUNT, one));
    }

    public Optional<PushedFunction> min(Expression expression) {
        return number(expression).map(value -> new PushedFunction(AggregateKind.MIN, value));
    }

    public Optional<PushedFunction> max(Expression expression) {
        return number(expression).map(value -> new PushedFunction(AggregateKind.MAX, value));
    }

    public Optional<PushedFunction> sum(Expression expression) {
        return summable(expression, AggregateKind.SUM);
    }

    /** What Spark's AVG keeps: the sum as a double, and the number of values. */
    public List<PushedFunction> average(Expression expression) {
        return summable(expression, AggregateKind.TOTAL)
                .flatMap(total -> count(expression).map(count -> List.of(total, count)))
                .orElse(List.of());
    }

    /** What Spark's STDDEV and VARIANCE keep: the number of values, their mean, the sum of the squared deviations. */
    public List<PushedFunction> moments(Expression expression) {
        return summable(expression, AggregateKind.NUMBER)
                .flatMap(number -> summable(expression, AggregateKind.MEAN)
                        .flatMap(mean -> summable(expression, AggregateKind.DEVIATION)
                                .map(deviation -> List.of(number, mean, deviation))))
                .orElse(List.of());
    }

    /** The named column of an array, or hidden column; empty if it is another expression, or of merged members. */
    private Optional<ColumnRef> column(Expression expression) {
        if (!(expression instanceof NamedReference reference) || reference.fieldNames().length != 1) {
            return Optional.empty();
        }
        String name = reference.fieldNames()[0];
        return (!table.areMerged() || MetadataField.of(name).isPresent()) && table.has(name)
                ? Optional.of(table.ref(name))
                : Optional.empty();
    }

    private Optional<ValueExpression> computed(Expression expression) {
        return expression instanceof NamedReference
                ? Optional.empty()
                : expressions
                        .translate(expression)
                        .filter(value -> !value.columns().isEmpty());
    }

    /** A column of numbers or bools, {@code _row}, or computed numbers. Columns of times and fields stay with Spark. */
    private Optional<ValueExpression> number(Expression expression) {
        Optional<ColumnRef> column = column(expression);
        if (column.filter(ColumnRef::isHidden).isPresent()) {
            return column.filter(hidden -> hidden.name().equals(MetadataField.ROW.name()))
                    .map(hidden -> ValueExpression.of(hidden, false));
        }
        return column.isEmpty()
                ? computed(expression)
                : expressions.translate(expression).filter(ValueExpression::hasStatistics);
    }

    /**
     * A function of the sum of an expression, if every sum of values fits into the result type. A sum that may overflow
     * a bigint stays with Spark, whose result depends on the ANSI mode; its AVG adds doubles, which do not overflow. A
     * sum of decimals stays too, because Spark casts partial sums to the type of one value.
     */
    private Optional<PushedFunction> summable(Expression expression, AggregateKind kind) {
        return number(expression)
                .filter(value -> value.column().isEmpty()
                        || value.hasStatistics()
                                && table.dtype(value.column().orElseThrow()).kind() != Dtype.Kind.BOOL)
                .filter(value -> expressions
                        .range(expression)
                        .map(range -> value.isIntegral() && range.fitsSumOf(inventory.rows()))
                        .orElse(!value.isIntegral()))
                .map(value -> new PushedFunction(kind, value));
    }
}
