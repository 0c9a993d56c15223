package io.zipmap.sql;

import io.zipmap.sql.catalog.Inventory;
import io.zipmap.sql.pushdown.PushedFunction;
import io.zipmap.sql.pushdown.PushedFunctionTranslator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateFunction;
import org.apache.spark.sql.catalyst.expressions.aggregate.Average;
import org.apache.spark.sql.catalyst.expressions.aggregate.Complete$;
import org.apache.spark.sql.catalyst.expressions.aggregate.Count;
import org.apache.spark.sql.catalyst.expressions.aggregate.Max;
import org.apache.spark.sql.catalyst.expressions.aggregate.Min;
import org.apache.spark.sql.catalyst.expressions.aggregate.StddevPop;
import org.apache.spark.sql.catalyst.expressions.aggregate.StddevSamp;
import org.apache.spark.sql.catalyst.expressions.aggregate.Sum;
import org.apache.spark.sql.catalyst.expressions.aggregate.VariancePop;
import org.apache.spark.sql.catalyst.expressions.aggregate.VarianceSamp;
import org.apache.spark.sql.catalyst.util.V2ExpressionBuilder;
import org.apache.spark.sql.execution.datasources.v2.DataSourceV2ScanRelation;
import org.apache.spark.sql.types.DataTypes;
import scala.jdk.javaapi.CollectionConverters;
import scala.jdk.javaapi.OptionConverters;

/** Finds the functions whose values are the buffers in which Spark aggregates. */
final class BufferFunctions {
    /** The buffers of Spark's {@code CentralMomentAgg}: number of values, mean, sum of squared deviations. */
    private static final List<String> MOMENTS = List.of("n", "avg", "m2");

    private final Set<ExprId> columns;
    private final Map<ExprId, Expression> named;
    private final PushedFunctionTranslator translator;

    /** @param named the expressions that are computed and named between the relation and the aggregate */
    BufferFunctions(DataSourceV2ScanRelation relation, Map<ExprId, Expression> named, Inventory inventory) {
        this.named = named;
        this.columns = CollectionConverters.asJava(relation.output()).stream()
                .map(AttributeReference::exprId)
                .collect(Collectors.toSet());
        this.translator = new PushedFunctionTranslator(inventory);
    }

    /** An expression of GROUP BY in the form in which Spark hands it to sources; empty if it has none. */
    Optional<org.apache.spark.sql.connector.expressions.Expression> group(NamedExpression group) {
        return connector(group instanceof Alias alias ? alias.child() : (Expression) group);
    }

    /** The functions whose values are the buffers of an aggregate, in their order; empty if there are none. */
    List<PushedFunction> functions(AggregateExpression expression) {
        if (expression.mode() != Complete$.MODULE$
                || expression.isDistinct()
                || expression.filter().isDefined()) {
            return List.of();
        }
        List<AttributeReference> buffers =
                CollectionConverters.asJava(expression.aggregateFunction().aggBufferAttributes());
        List<PushedFunction> functions = functions(expression.aggregateFunction(), buffers);
        boolean fits = functions.size() == buffers.size();
        for (int i = 0; fits && i < buffers.size(); i++) {
            fits = functions.get(i).type().equals(buffers.get(i).dataType());
        }
        return fits ? functions : List.of();
    }

    private List<PushedFunction> functions(AggregateFunction function, List<AttributeReference> buffers) {
        List<Expression> children = CollectionConverters.asJava(function.children());
        if (children.isEmpty()) {
            return List.of();
        }
        Expression child = overColumns(children.get(0));
        if (function instanceof Count && children.size() == 1) {
            boolean countsRows = child instanceof Literal literal && literal.value() != null;
            return countsRows ? List.of(PushedFunctionTranslator.countOfRows()) : one(child, translator::count);
        }
        if (function instanceof Min) {
            return one(child, translator::min);
        }
        if (function instanceof Max) {
            return one(child, translator::max);
        }
        if (function instanceof Sum) {
            return one(child, translator::sum);
        }
        if (function instanceof Average) {
            return connector(child).map(translator::average).orElse(List.of());
        }
        boolean isMoment = function instanceof StddevPop
                || function instanceof StddevSamp
                || function instanceof VariancePop
                || function instanceof VarianceSamp;
        if (!isMoment || !buffers.stream().map(Attribute::name).toList().equals(MOMENTS)) {
            return List.of();
        }
        Expression value =
                child instanceof Cast cast && cast.dataType().equals(DataTypes.DoubleType) ? cast.child() : child;
        return connector(value).map(translator::moments).orElse(List.of());
    }

    private List<PushedFunction> one(
            Expression child,
            Function<org.apache.spark.sql.connector.expressions.Expression, Optional<PushedFunction>> translate) {
        return connector(child).flatMap(translate).stream().toList();
    }

    /** The expression with each name of a computed expression replaced by that expression. */
    private Expression overColumns(Expression expression) {
        if (expression instanceof AttributeReference reference) {
            Expression computed = named.get(reference.exprId());
            return computed == null ? expression : overColumns(computed);
        }
        List<Expression> children = CollectionConverters.asJava(expression.children()).stream()
                .map(this::overColumns)
                .toList();
        return (Expression) expression.withNewChildren(
                CollectionConverters.asScala(children).toList());
    }

    /** An expression over columns of the scan in the form in which Spark hands it to sources; empty if it has none. */
    private Optional<org.apache.spark.sql.connector.expressions.Expression> connector(Expression original) {
        Expression expression = overColumns(original);
        boolean isOfColumns = CollectionConverters.asJava(
                        expression.references().toSeq())
                .stream()
                .allMatch(reference -> columns.contains(reference.exprId()));
        return isOfColumns
                ? OptionConverters.toJava(new V2ExpressionBuilder(expression, false).build())
                : Optional.empty();
    }
}
