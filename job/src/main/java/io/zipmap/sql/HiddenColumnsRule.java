package io.zipmap.sql;

import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.catalog.TemporaryViewRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias$;
import org.apache.spark.sql.catalyst.rules.Rule;
import org.apache.spark.sql.execution.datasources.v2.DataSourceV2Relation;
import org.jspecify.annotations.Nullable;
import scala.Option;
import scala.runtime.AbstractPartialFunction;

/**
 * Opens a temporary view that is nothing but a table of zipmap: a query that names the view reads the table itself.
 * Spark's views have no hidden columns, its tables have.
 *
 * <p>The rule is one of Spark's rules for hints, because these run before names are resolved, in each subquery too. A
 * later rule would let Spark take {@code _row} of a subquery for the {@code _row} of the query around it.
 */
final class HiddenColumnsRule extends Rule<LogicalPlan> {
    private final SparkSession session;

    private HiddenColumnsRule(SparkSession session) {
        this.session = session;
    }

    /** Adds the rule to sessions that are built with these extensions. */
    static void addTo(SparkSessionExtensions extensions) {
        extensions.injectHintResolutionRule(HiddenColumnsRule::new);
    }

    @Override
    public LogicalPlan apply(LogicalPlan plan) {
        return plan.resolveOperatorsUp(new OpenViews());
    }

    private final class OpenViews extends AbstractPartialFunction<LogicalPlan, LogicalPlan> {
        @Override
        public boolean isDefinedAt(LogicalPlan node) {
            return opened(node) != null;
        }

        @Override
        public LogicalPlan apply(LogicalPlan node) {
            LogicalPlan opened = opened(node);
            return opened == null ? node : opened;
        }
    }

    /** The table of the view that {@code node} names, under the name of the view; null if it names something else. */
    private @Nullable LogicalPlan opened(LogicalPlan node) {
        if (!(node instanceof UnresolvedRelation relation)
                || relation.multipartIdentifier().length() != 1
                || relation.isStreaming()
                || !relation.options().isEmpty()) {
            return null;
        }
        String name = relation.multipartIdentifier().head();
        Option<TemporaryViewRelation> view = ((org.apache.spark.sql.classic.SparkSession) session)
                .sessionState()
                .catalog()
                .getRawTempView(name);
        boolean isTable = view.isDefined()
                && view.get().plan().isDefined()
                && view.get().plan().get() instanceof DataSourceV2Relation table
                && table.table() instanceof ZipmapTable;
        return isTable ? SubqueryAlias$.MODULE$.apply(name, view.get().plan().get()) : null;
    }
}
