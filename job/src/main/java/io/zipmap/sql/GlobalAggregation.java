package io.zipmap.sql;

import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.SubqueryExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.DeclarativeAggregate;
import org.apache.spark.sql.catalyst.planning.PhysicalAggregation;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.SparkStrategy;
import org.apache.spark.sql.execution.aggregate.AggUtils;
import org.apache.spark.sql.execution.datasources.v2.DataSourceV2ScanRelation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Option;
import scala.Tuple4;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Plans an aggregate without groups over a scan of this source as a {@link CollectedAggregate}.
 *
 * <p>These are internals of Spark. On a Spark where they differ, this strategy leaves all to Spark and says so once.
 */
final class GlobalAggregation extends SparkStrategy {
    private static final Logger LOG = LoggerFactory.getLogger(GlobalAggregation.class);

    private boolean isLeftOut;

    @Override
    public Seq<SparkPlan> apply(LogicalPlan plan) {
        if (!isLeftOut
                && plan instanceof Aggregate aggregate
                && aggregate.groupingExpressions().isEmpty()) {
            try {
                return seq(plan(aggregate));
            } catch (LinkageError e) {
                isLeftOut = true;
                LOG.warn("Aggregates take a shuffle, because this Spark has other internals: {}", String.valueOf(e));
            }
        }
        return seq(List.of());
    }

    private List<SparkPlan> plan(Aggregate aggregate) {
        Option<Tuple4<Seq<NamedExpression>, Seq<AggregateExpression>, Seq<NamedExpression>, LogicalPlan>> parts =
                PhysicalAggregation.unapply(aggregate);
        if (parts.isEmpty() || !isOverScan(aggregate)) {
            return List.of();
        }
        List<AggregateExpression> expressions =
                CollectionConverters.asJava(parts.get()._2());
        boolean fits = !expressions.isEmpty()
                && expressions.stream()
                        .allMatch(one -> !one.isDistinct() && one.aggregateFunction() instanceof DeclarativeAggregate);
        if (!fits) {
            return List.of();
        }
        SparkPlan last = AggUtils.planAggregateWithoutDistinct(
                        parts.get()._1(),
                        parts.get()._2(),
                        parts.get()._3(),
                        planLater(parts.get()._4()))
                .head();
        SparkPlan collected = CollectedAggregate.inPlaceOf(last);
        return collected == last ? List.of() : List.of(collected);
    }

    /** Whether nothing but filters and computed columns is between the aggregate and a scan of this source. */
    private static boolean isOverScan(LogicalPlan aggregate) {
        LogicalPlan plan = aggregate;
        while (plan instanceof Aggregate && plan == aggregate || plan instanceof Project || plan instanceof Filter) {
            List<Expression> expressions = CollectionConverters.asJava(plan.expressions());
            if (expressions.stream().anyMatch(SubqueryExpression::hasSubquery)) {
                return false;
            }
            plan = plan.children().head();
        }
        return plan instanceof DataSourceV2ScanRelation relation
                && (relation.scan() instanceof AggregateScan || relation.scan() instanceof BatchScan);
    }

    private static <T> Seq<T> seq(List<T> elements) {
        return CollectionConverters.asScala(elements).toList();
    }
}
