package io.zipmap.sql;

import java.util.List;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.execution.QueryExecution;
import org.apache.spark.sql.execution.SQLExecution;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.adaptive.AdaptiveSparkPlanExec;
import org.apache.spark.sql.execution.adaptive.QueryStageExec;
import org.apache.spark.sql.execution.datasources.v2.BatchScanExec;
import org.apache.spark.sql.execution.exchange.Exchange;
import scala.collection.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** How much of its former results Spark reuses when a query runs the plan of a scan again. */
enum PlanReuse {
    /** Nothing: all tasks of the scan run again. */
    NONE,
    /** The results of a part of the plan: a shuffle, a broadcast or a subquery. */
    PARTIAL,
    /** Cached rows, which another plan has computed: the scan does not run. */
    CACHED;

    /** @param query the number of the query that runs the plan */
    static PlanReuse of(String query, Scan scan) {
        QueryExecution execution = SQLExecution.getQueryExecution(Long.parseLong(query));
        if (execution == null) {
            return PARTIAL;
        }
        PlanWalk walk = new PlanWalk(scan);
        walk.visit(execution.executedPlan());
        return !walk.found ? CACHED : walk.reuses ? PARTIAL : NONE;
    }

    private static final class PlanWalk {
        private final Scan scan;
        private boolean found;
        private boolean reuses;

        PlanWalk(Scan scan) {
            this.scan = scan;
        }

        void visit(SparkPlan plan) {
            found |= plan instanceof BatchScanExec batch && batch.scan() == scan;
            if (plan instanceof AdaptiveSparkPlanExec adaptive) {
                reuses = true;
                visit(adaptive.executedPlan());
            } else if (plan instanceof QueryStageExec stage) {
                reuses = true;
                visit(stage.plan());
            }
            reuses |= plan instanceof Exchange || plan instanceof CollectedAggregate one && one.isShuffled();
            for (SparkPlan child : list(plan.children())) {
                visit(child);
            }
            for (SparkPlan subquery : list(plan.subqueries())) {
                reuses = true;
                visit(subquery);
            }
        }

        private static List<SparkPlan> list(Seq<SparkPlan> plans) {
            return CollectionConverters.asJava(plans);
        }
    }
}
