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

/** How the rows of a scan come to a query that runs its plan once more. */
enum PlanReuse {
    /** Its tasks run again, all of them. */
    DIRECT,
    /** Spark keeps what it has computed of a part of the plan: a shuffle, a broadcast, a subquery. */
    BEHIND,
    /** The query has cached rows, which Spark made with another plan. */
    ELSEWHERE;

    /** @param query its number */
    static PlanReuse of(String query, Scan scan) {
        QueryExecution execution = SQLExecution.getQueryExecution(Long.parseLong(query));
        if (execution == null) {
            return BEHIND;
        }
        Walk walk = new Walk(scan);
        walk.over(execution.executedPlan());
        return !walk.found ? ELSEWHERE : walk.kept ? BEHIND : DIRECT;
    }

    private static final class Walk {
        private final Scan scan;
        private boolean found;
        private boolean kept;

        Walk(Scan scan) {
            this.scan = scan;
        }

        void over(SparkPlan plan) {
            found |= plan instanceof BatchScanExec batch && batch.scan() == scan;
            if (plan instanceof AdaptiveSparkPlanExec adaptive) {
                kept = true;
                over(adaptive.executedPlan());
            } else if (plan instanceof QueryStageExec stage) {
                kept = true;
                over(stage.plan());
            }
            kept |= plan instanceof Exchange;
            for (SparkPlan child : list(plan.children())) {
                over(child);
            }
            for (SparkPlan subquery : list(plan.subqueries())) {
                kept = true;
                over(subquery);
            }
        }

        private static List<SparkPlan> list(Seq<SparkPlan> plans) {
            return CollectionConverters.asJava(plans);
        }
    }
}
