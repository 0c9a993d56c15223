package io.zipmap.sql;

import io.zipmap.sql.pushdown.PushedFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateFunction;
import org.apache.spark.sql.catalyst.expressions.aggregate.Average;
import org.apache.spark.sql.catalyst.expressions.aggregate.CentralMomentAgg;
import org.apache.spark.sql.catalyst.expressions.aggregate.Complete$;
import org.apache.spark.sql.catalyst.expressions.aggregate.Count;
import org.apache.spark.sql.catalyst.expressions.aggregate.Max;
import org.apache.spark.sql.catalyst.expressions.aggregate.Min;
import org.apache.spark.sql.catalyst.expressions.aggregate.StddevPop;
import org.apache.spark.sql.catalyst.expressions.aggregate.StddevSamp;
import org.apache.spark.sql.catalyst.expressions.aggregate.Sum;
import org.apache.spark.sql.catalyst.expressions.aggregate.VariancePop;
import org.apache.spark.sql.catalyst.expressions.aggregate.VarianceSamp;
import org.apache.spark.sql.catalyst.planning.PhysicalAggregation;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.SparkPlan$;
import org.apache.spark.sql.execution.SparkStrategy;
import org.apache.spark.sql.execution.aggregate.AggUtils;
import org.apache.spark.sql.execution.datasources.v2.DataSourceV2ScanRelation;
import org.apache.spark.sql.types.DataTypes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Option;
import scala.Tuple4;
import scala.collection.immutable.Nil$;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Plans an aggregate with a standard deviation or variance, which Spark offers to no source: the scan returns, for each
 * slice, the values that Spark's own partial aggregation would have in its buffers, and Spark's final aggregation
 * merges them. Other aggregates beside it go the same way. What does not fit is left to Spark.
 *
 * <p>These are internals of Spark. On a Spark where they differ, this strategy leaves all to Spark and says so once.
 */
final class BufferAggregation extends SparkStrategy {
    private static final Logger LOG = LoggerFactory.getLogger(BufferAggregation.class);

    /** The buffers of Spark's {@link CentralMomentAgg}: number of values, mean, sum of squared deviations. */
    private static final List<String> MOMENTS = List.of("n", "avg", "m2");

    /** Arguments of Spark's node of a scan up to Spark 4.3. What more would mean is not known. */
    private static final int MOST_ARGUMENTS = 7;

    private final SparkSession session;
    private boolean isLeftOut;

    BufferAggregation(SparkSession session) {
        this.session = session;
    }

    @Override
    public Seq<SparkPlan> apply(LogicalPlan plan) {
        if (!isLeftOut && plan instanceof Aggregate aggregate) {
            try {
                Optional<SparkPlan> planned = plan(aggregate);
                if (planned.isPresent()) {
                    return seq(List.of(planned.get()));
                }
            } catch (LinkageError e) {
                leaveOut(String.valueOf(e));
            }
        }
        return seq(List.of());
    }

    private void leaveOut(String difference) {
        isLeftOut = true;
        LOG.warn("Spark computes STDDEV and VARIANCE itself, because this Spark has other internals: {}", difference);
    }

    private Optional<SparkPlan> plan(Aggregate aggregate) {
        Option<Tuple4<Seq<NamedExpression>, Seq<AggregateExpression>, Seq<NamedExpression>, LogicalPlan>> parts =
                PhysicalAggregation.unapply(aggregate);
        if (parts.isEmpty() || !parts.get()._1().isEmpty()) {
            return Optional.empty();
        }
        LogicalPlan child = parts.get()._4();
        while (child instanceof Project project && isChoiceOfColumns(project)) {
            child = project.child();
        }
        List<AggregateExpression> expressions = list(parts.get()._2());
        if (!(child instanceof DataSourceV2ScanRelation relation)
                || !(relation.scan() instanceof BatchScan scan)
                || expressions.stream().noneMatch(one -> one.aggregateFunction() instanceof CentralMomentAgg)) {
            return Optional.empty();
        }
        if (relation.productArity() > MOST_ARGUMENTS) {
            leaveOut("a scan of " + relation.productArity() + " arguments");
            return Optional.empty();
        }
        List<PushedFunction> functions = new ArrayList<>();
        List<AttributeReference> buffers = new ArrayList<>();
        for (AggregateExpression expression : expressions) {
            List<AttributeReference> ofOne = list(expression.aggregateFunction().aggBufferAttributes());
            List<AttributeReference> named = list(expression.aggregateFunction().inputAggBufferAttributes());
            List<PushedFunction> pushed = functions(expression, ofOne, relation, scan);
            boolean fits = !pushed.isEmpty() && pushed.size() == ofOne.size();
            for (int i = 0; fits && i < pushed.size(); i++) {
                fits = pushed.get(i).type().equals(ofOne.get(i).dataType());
            }
            if (!fits) {
                return Optional.empty();
            }
            functions.addAll(pushed);
            buffers.addAll(named);
        }
        return scan.aggregated(functions).map(aggregated -> {
            Object[] arguments = CollectionConverters.asJava(
                            relation.productIterator().toSeq())
                    .toArray();
            arguments[1] = aggregated;
            arguments[2] = seq(buffers);
            for (int i = 3; i < arguments.length; i++) {
                if (arguments[i] instanceof Option) {
                    arguments[i] = Option.empty();
                } else if (arguments[i] instanceof Seq) {
                    arguments[i] = Nil$.MODULE$;
                }
            }
            SparkPlan leaf = planned(relation.makeCopy(arguments));
            SparkPlan both = AggUtils.planAggregateWithoutDistinct(
                            parts.get()._1(), parts.get()._2(), parts.get()._3(), leaf)
                    .head();
            return (SparkPlan) both.withNewChildren(seq(List.of(leaf)));
        });
    }

    /** The plan of the scan, as a part of the aggregate: adaptive execution finds no plan of its own for it. */
    private SparkPlan planned(LogicalPlan relation) {
        SparkPlan plan = ((org.apache.spark.sql.classic.SparkSession) session)
                .sessionState()
                .planner()
                .plan(relation)
                .next();
        unlink(plan);
        return plan;
    }

    private static void unlink(SparkPlan plan) {
        plan.unsetTagValue(SparkPlan$.MODULE$.LOGICAL_PLAN_TAG());
        plan.unsetTagValue(SparkPlan$.MODULE$.LOGICAL_PLAN_INHERITED_TAG());
        list(plan.children()).forEach(BufferAggregation::unlink);
    }

    private static boolean isChoiceOfColumns(Project project) {
        return list(project.projectList()).stream().allMatch(AttributeReference.class::isInstance);
    }

    /** The functions whose values are the buffers of an aggregate, in their order; empty if there are none. */
    private static List<PushedFunction> functions(
            AggregateExpression expression,
            List<AttributeReference> buffers,
            DataSourceV2ScanRelation relation,
            BatchScan scan) {
        if (expression.mode() != Complete$.MODULE$
                || expression.isDistinct()
                || expression.filter().isDefined()) {
            return List.of();
        }
        AggregateFunction function = expression.aggregateFunction();
        List<Expression> children = list(function.children());
        if (function instanceof Count && children.size() == 1) {
            boolean countsRows = children.get(0) instanceof Literal literal && literal.value() != null;
            return countsRows
                    ? List.of(PushedFunction.countOfRows())
                    : of(children.get(0), relation, column -> PushedFunction.count(column, scan.inventory()));
        }
        if (children.isEmpty()) {
            return List.of();
        }
        Expression child = children.get(0);
        if (function instanceof Min) {
            return of(child, relation, column -> PushedFunction.min(column, scan.inventory()));
        }
        if (function instanceof Max) {
            return of(child, relation, column -> PushedFunction.max(column, scan.inventory()));
        }
        if (function instanceof Sum) {
            return of(child, relation, column -> PushedFunction.sum(column, scan.inventory()));
        }
        if (function instanceof Average) {
            List<PushedFunction> parts = new ArrayList<>();
            parts.addAll(of(child, relation, column -> PushedFunction.total(column, scan.inventory())));
            parts.addAll(of(child, relation, column -> PushedFunction.count(column, scan.inventory())));
            return parts;
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
        List<PushedFunction> parts = new ArrayList<>();
        parts.addAll(of(value, relation, column -> PushedFunction.number(column, scan.inventory())));
        parts.addAll(of(value, relation, column -> PushedFunction.mean(column, scan.inventory())));
        parts.addAll(of(value, relation, column -> PushedFunction.deviation(column, scan.inventory())));
        return parts;
    }

    /** The function of the column that an expression names; empty if it is no column of the scan. */
    private static List<PushedFunction> of(
            Expression expression,
            DataSourceV2ScanRelation relation,
            Function<String, Optional<PushedFunction>> function) {
        if (!(expression instanceof AttributeReference column)
                || list(relation.output()).stream()
                        .noneMatch(one -> one.exprId().equals(column.exprId()))) {
            return List.of();
        }
        return function.apply(column.name()).stream().toList();
    }

    private static <T> List<T> list(scala.collection.Seq<T> elements) {
        return CollectionConverters.asJava(elements);
    }

    private static <T> Seq<T> seq(List<T> elements) {
        return CollectionConverters.asScala(elements).toList();
    }
}
