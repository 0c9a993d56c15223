package io.zipmap.sql;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.plans.physical.Partitioning;
import org.apache.spark.sql.catalyst.plans.physical.SinglePartition$;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.aggregate.BaseAggregateExec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * An aggregate without groups in one job: each task aggregates its rows to one, and the driver merges these rows. In
 * place of that, Spark has a shuffle, a second job and an adaptive plan, which take longer than a short scan. A plan
 * that goes on from here in tasks shuffles the rows to one of them, and so does a scan of very many tasks.
 */
final class CollectedAggregate extends SparkPlan {
    private static final long serialVersionUID = 1L;

    private static final Logger LOG = LoggerFactory.getLogger(CollectedAggregate.class);

    /** Rows that the driver takes at most. One is some hundred bytes. */
    private static final int MOST_ROWS = 10_000;

    /** Only for EXPLAIN, and for the driver: it has the scan, which does not cross to executors. */
    private final transient SparkPlan last;

    private final SparkPlan partial;
    private final BufferMerge merge;
    private final int mostRows;
    private boolean isShuffled;

    private CollectedAggregate(SparkPlan last, SparkPlan partial, BufferMerge merge, int mostRows) {
        this.last = last;
        this.partial = partial;
        this.merge = merge;
        this.mostRows = mostRows;
    }

    /**
     * @param last Spark's final aggregation over a partial one, which returns one row for each task
     * @return the same result in one job; {@code last} if it has groups, or functions that Spark must merge itself
     */
    static SparkPlan inPlaceOf(SparkPlan last) {
        return Optional.of(last)
                .filter(BaseAggregateExec.class::isInstance)
                .flatMap(plan -> BufferMerge.ofResults((BaseAggregateExec) plan))
                .<SparkPlan>map(
                        merge -> new CollectedAggregate(last, last.children().head(), merge, MOST_ROWS))
                .orElse(last);
    }

    /** The same plan with a driver that takes at most so many rows. */
    CollectedAggregate withMostRows(int rows) {
        return new CollectedAggregate(last, partial, merge, rows);
    }

    /** Whether Spark keeps results of the partial aggregation if it runs this plan again. */
    boolean isShuffled() {
        return isShuffled;
    }

    @Override
    public InternalRow[] executeCollect() {
        Optional<List<InternalRow>> ofSlices = mergedSlices();
        if (ofSlices.isPresent()) {
            return new InternalRow[] {merge.merge(ofSlices.get().iterator())};
        }
        if (partial.execute().getNumPartitions() > mostRows) {
            // A shuffle of this call alone: the next one reads the archives again.
            return new InternalRow[] {shuffled().first()};
        }
        Iterator<InternalRow> buffers = Arrays.asList(partial.executeCollect()).iterator();
        return new InternalRow[] {merge.merge(buffers)};
    }

    /** The rows of a {@link SliceMerge}; empty if it does not fit this plan, or this Spark. */
    private Optional<List<InternalRow>> mergedSlices() {
        try {
            return SliceMerge.of(partial).filter(job -> job.tasks() <= mostRows).map(SliceMerge::run);
        } catch (LinkageError e) {
            LOG.warn("Tasks run Spark's partial aggregation, because this Spark has other internals: {}", e.toString());
            return Optional.empty();
        }
    }

    @Override
    public InternalRow[] executeTake(int n) {
        return n == 0 ? new InternalRow[0] : executeCollect();
    }

    @Override
    public InternalRow[] executeTail(int n) {
        return executeTake(n);
    }

    @Override
    public scala.collection.Iterator<InternalRow> executeToIterator() {
        return CollectionConverters.asScala(List.of(executeCollect()).iterator());
    }

    @Override
    public RDD<InternalRow> doExecute() {
        isShuffled = true;
        return shuffled().rdd();
    }

    private JavaRDD<InternalRow> shuffled() {
        BufferMerge ofTask = merge;
        return partial.execute()
                .toJavaRDD()
                .map(InternalRow::copy)
                .coalesce(1, true)
                .mapPartitions(buffers -> List.of(ofTask.merge(buffers)).iterator());
    }

    @Override
    public Seq<Attribute> output() {
        return CollectionConverters.asScala(merge.output()).toList();
    }

    @Override
    public Partitioning outputPartitioning() {
        return SinglePartition$.MODULE$;
    }

    @Override
    public Seq<SparkPlan> children() {
        return CollectionConverters.asScala(List.of(partial)).toList();
    }

    @Override
    public SparkPlan withNewChildrenInternal(IndexedSeq<SparkPlan> children) {
        return new CollectedAggregate(last, children.head(), merge, mostRows);
    }

    /** As Spark's own, which finds no constructor of a class that is not public. */
    @Override
    public SparkPlan makeCopy(Object[] arguments) {
        SparkPlan copy = new CollectedAggregate((SparkPlan) arguments[0], (SparkPlan) arguments[1], merge, mostRows);
        copy.copyTagsFrom(this);
        return copy;
    }

    @Override
    public SparkPlan clone() {
        return makeCopy(new Object[] {last, partial.clone()});
    }

    /** The final aggregation, which EXPLAIN shows, and the partial one. */
    @Override
    public Object productElement(int index) {
        return index == 0 ? last : partial;
    }

    @Override
    public int productArity() {
        return 2;
    }

    @Override
    public boolean canEqual(Object other) {
        return other instanceof CollectedAggregate;
    }
}
