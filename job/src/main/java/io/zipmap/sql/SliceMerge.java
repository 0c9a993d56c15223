package io.zipmap.sql;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.TaskContext;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.execution.InputAdapter;
import org.apache.spark.sql.execution.ProjectExec;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.WholeStageCodegenExec;
import org.apache.spark.sql.execution.aggregate.BaseAggregateExec;
import org.apache.spark.sql.execution.datasources.v2.BatchScanExec;
import org.apache.spark.sql.execution.metric.SQLMetric;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction2;

/**
 * A job whose tasks merge the rows that an {@link AggregateScan} returns for slices: what Spark's partial aggregation
 * over the scan computes, without its generated code and the layers of RDDs, which take longer than the few rows.
 */
final class SliceMerge {
    private static final String ROWS = "numOutputRows";

    private final BatchScanExec scan;
    private final TaskMerge merge;

    private SliceMerge(BatchScanExec scan, TaskMerge merge) {
        this.scan = scan;
        this.merge = merge;
    }

    /**
     * @param partial a partial aggregation, as Spark runs it
     * @return empty if it is not over a scan that aggregates, or computes more than its functions
     */
    static Optional<SliceMerge> of(SparkPlan partial) {
        if (!(withoutCode(partial) instanceof BaseAggregateExec aggregate)) {
            return Optional.empty();
        }
        SparkPlan child = withoutCode(aggregate.children().head());
        boolean isRenamed = child instanceof ProjectExec;
        SparkPlan leaf = isRenamed ? withoutCode(child.children().head()) : child;
        if (!(leaf instanceof BatchScanExec scan)
                || !(scan.scan() instanceof AggregateScan)
                || !scan.runtimeFilters().isEmpty()) {
            return Optional.empty();
        }
        if (isRenamed && !renamesAll(list(((ProjectExec) child).projectList()), list(leaf.output()))) {
            return Optional.empty();
        }
        return BufferMerge.ofBuffers(aggregate)
                .map(merge -> new SliceMerge(
                        scan,
                        new TaskMerge(
                                merge,
                                scan.metrics().apply(ROWS),
                                ((SparkPlan) aggregate).metrics().apply(ROWS))));
    }

    private static SparkPlan withoutCode(SparkPlan plan) {
        SparkPlan inner = plan;
        while (inner instanceof WholeStageCodegenExec || inner instanceof InputAdapter) {
            inner = inner.children().head();
        }
        return inner;
    }

    /** Whether these are all columns in their order, under the same or other names. */
    private static boolean renamesAll(List<NamedExpression> projected, List<Attribute> columns) {
        boolean all = projected.size() == columns.size();
        for (int i = 0; all && i < columns.size(); i++) {
            Object source = projected.get(i) instanceof Alias alias ? alias.child() : projected.get(i);
            all = source instanceof Attribute attribute
                    && attribute.exprId().equals(columns.get(i).exprId());
        }
        return all;
    }

    /** The number of tasks. */
    int tasks() {
        return scan.inputRDD().getNumPartitions();
    }

    /** Runs the tasks. Each returns one row of buffers. */
    List<InternalRow> run() {
        RDD<InternalRow> slices = scan.inputRDD();
        InternalRow[] rows = (InternalRow[])
                slices.sparkContext().runJob(slices, merge, ClassTag$.MODULE$.<InternalRow>apply(InternalRow.class));
        return Arrays.asList(rows);
    }

    private static <T> List<T> list(scala.collection.Seq<T> elements) {
        return CollectionConverters.asJava(elements);
    }

    /** Merges the rows of one task, and counts them as Spark's own nodes do. */
    private static final class TaskMerge
            extends AbstractFunction2<TaskContext, scala.collection.Iterator<InternalRow>, InternalRow>
            implements Serializable {
        private static final long serialVersionUID = 1L;

        private final BufferMerge merge;
        private final SQLMetric scanned;
        private final SQLMetric merged;

        TaskMerge(BufferMerge merge, SQLMetric scanned, SQLMetric merged) {
            this.merge = merge;
            this.scanned = scanned;
            this.merged = merged;
        }

        @Override
        public InternalRow apply(TaskContext task, scala.collection.Iterator<InternalRow> slices) {
            merged.add(1);
            Iterator<InternalRow> rows = CollectionConverters.asJava(slices);
            return merge.merge(new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return rows.hasNext();
                }

                @Override
                public InternalRow next() {
                    scanned.add(1);
                    return rows.next();
                }
            });
        }
    }
}
