package io.zipmap.sql;

import io.zipmap.sql.pushdown.PushedFunction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.CentralMomentAgg;
import org.apache.spark.sql.catalyst.expressions.aggregate.PartialMerge$;
import org.apache.spark.sql.catalyst.planning.PhysicalAggregation;
import org.apache.spark.sql.catalyst.plans.QueryPlan;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.SparkPlan$;
import org.apache.spark.sql.execution.SparkStrategy;
import org.apache.spark.sql.execution.aggregate.AggUtils;
import org.apache.spark.sql.execution.datasources.v2.DataSourceV2ScanRelation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Option;
import scala.Tuple4;
import scala.collection.immutable.Nil$;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractFunction1;

/**
 * Plans an aggregate with a standard deviation or variance, which Spark offers to no source: the scan returns, for each
 * slice or group of rows, the values that Spark's own partial aggregation would have in its buffers, and Spark's final
 * aggregation merges them. Without groups, each task merges its rows first, because an archive may have many slices.
 * Other aggregates beside it go the same way. What does not fit is left to Spark.
 *
 * <p>These are internals of Spark. On a Spark where they differ, this strategy leaves all to Spark and says so once.
 */
final class BufferAggregation extends SparkStrategy {
    private static final Logger LOG = LoggerFactory.getLogger(BufferAggregation.class);

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
        if (parts.isEmpty()) {
            return Optional.empty();
        }
        LogicalPlan child = parts.get()._4();
        Map<ExprId, org.apache.spark.sql.catalyst.expressions.Expression> named = new HashMap<>();
        while (child instanceof Project project) {
            for (NamedExpression expression : list(project.projectList())) {
                if (expression instanceof Alias alias) {
                    named.put(alias.exprId(), alias.child());
                }
            }
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
        BufferFunctions known = new BufferFunctions(relation, named, scan.inventory());
        List<PushedFunction> functions = new ArrayList<>();
        List<Attribute> output = new ArrayList<>();
        List<Expression> groupBy = new ArrayList<>();
        for (NamedExpression group : list(parts.get()._1())) {
            known.group(group).ifPresent(groupBy::add);
            output.add(group.toAttribute());
        }
        boolean fits = groupBy.size() == output.size();
        for (AggregateExpression expression : expressions) {
            List<PushedFunction> ofOne = known.functions(expression);
            fits &= !ofOne.isEmpty();
            functions.addAll(ofOne);
            List<AttributeReference> buffers =
                    list(expression.aggregateFunction().inputAggBufferAttributes());
            output.addAll(buffers);
        }
        if (!fits) {
            return Optional.empty();
        }
        return scan.aggregated(groupBy.toArray(Expression[]::new), functions)
                .map(aggregated -> AggUtils.planAggregateWithoutDistinct(
                                parts.get()._1(),
                                parts.get()._2(),
                                parts.get()._3(),
                                planned(copy(relation, aggregated, output)))
                        .head())
                .map(both ->
                        groupBy.isEmpty() ? CollectedAggregate.inPlaceOf(mergedByTasks(both)) : withoutPartial(both));
    }

    /** The final aggregation over what its partial aggregation reads. */
    private static SparkPlan withoutPartial(SparkPlan both) {
        SparkPlan leaf = both.children().head().children().head();
        return (SparkPlan) both.withNewChildren(seq(List.of(leaf)));
    }

    /** The final aggregation over one row of each task, to which the task merges the rows of its slices. */
    private static SparkPlan mergedByTasks(SparkPlan both) {
        QueryPlan<?> merge = both.children().head().mapExpressions(new MergeOfBuffers());
        return (SparkPlan) both.withNewChildren(seq(List.of((SparkPlan) merge)));
    }

    /** The relation with another scan, without the properties of the first one. */
    private static LogicalPlan copy(DataSourceV2ScanRelation relation, Scan scan, List<Attribute> output) {
        Object[] arguments =
                CollectionConverters.asJava(relation.productIterator().toSeq()).toArray();
        arguments[1] = scan;
        arguments[2] = seq(output);
        for (int i = 3; i < arguments.length; i++) {
            if (arguments[i] instanceof Option) {
                arguments[i] = Option.empty();
            } else if (arguments[i] instanceof Seq) {
                arguments[i] = Nil$.MODULE$;
            }
        }
        return relation.makeCopy(arguments);
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

    /** Lets an aggregate function read rows of its buffers in place of rows of the scan. */
    private static final class MergeOfBuffers
            extends AbstractFunction1<
                    org.apache.spark.sql.catalyst.expressions.Expression,
                    org.apache.spark.sql.catalyst.expressions.Expression> {
        @Override
        public org.apache.spark.sql.catalyst.expressions.Expression apply(
                org.apache.spark.sql.catalyst.expressions.Expression expression) {
            return expression instanceof AggregateExpression one
                    ? one.copy(
                            one.aggregateFunction(),
                            PartialMerge$.MODULE$,
                            one.isDistinct(),
                            one.filter(),
                            one.resultId())
                    : expression;
        }
    }

    private static <T> List<T> list(scala.collection.Seq<T> elements) {
        return CollectionConverters.asJava(elements);
    }

    private static <T> Seq<T> seq(List<T> elements) {
        return CollectionConverters.asScala(elements).toList();
    }
}
