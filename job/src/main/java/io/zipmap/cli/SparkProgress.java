package io.zipmap.cli;

import io.zipmap.memory.AnonymousMemory;
import io.zipmap.plan.Work;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.util.CallSite;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Counts what the tasks of one stage of a command do, from the events of Spark: at the end of a task, and while it runs
 * from the heartbeats of its executor. Events of other stages count for nothing. Thread-safe.
 */
final class SparkProgress extends SparkListener implements ProgressSource {
    /** The metrics of a task that are counted. */
    private enum Metric {
        /** This and the next two are what {@link io.zipmap.plan.TaskWork} counts. */
        ARCHIVES("internal.metrics.input.recordsRead"),
        ARRAYS("internal.metrics.output.recordsWritten"),
        BYTES("internal.metrics.input.bytesRead"),
        /** What scans of SQL count. */
        MAPPED_BYTES("bytes mapped");

        private static final Metric[] ALL = values();

        private final String accumulator;

        Metric(String accumulator) {
            this.accumulator = accumulator;
        }

        /** The values of all metrics, by ordinal. */
        static long[] none() {
            return new long[ALL.length];
        }
    }

    /** A stage of Spark: what its successful tasks have done, and its running tasks so far. */
    private static final class SparkStage {
        private final int tasks;
        private final long begun = System.nanoTime();
        private final long[] sums = Metric.none();
        private final Map<Long, long[]> running = new HashMap<>();
        private int done;
        private boolean ended;

        SparkStage(int tasks) {
            this.tasks = tasks;
        }

        long sum(Metric metric) {
            int i = metric.ordinal();
            return sums[i]
                    + running.values().stream().mapToLong(task -> task[i]).sum();
        }
    }

    private final SparkContext spark;
    private final Map<Integer, SparkStage> stages = new HashMap<>();
    private String callSite = "";

    SparkProgress(SparkContext spark) {
        this.spark = spark;
    }

    @Override
    public synchronized void begin(String stage) {
        callSite = stage;
        stages.clear();
    }

    @Override
    public synchronized void onStageSubmitted(SparkListenerStageSubmitted event) {
        boolean counted =
                event.properties() != null && callSite.equals(event.properties().getProperty(CallSite.SHORT_FORM()));
        if (counted) {
            stages.put(
                    event.stageInfo().stageId(),
                    new SparkStage(event.stageInfo().numTasks()));
        }
    }

    @Override
    public synchronized void onExecutorMetricsUpdate(SparkListenerExecutorMetricsUpdate event) {
        CollectionConverters.asJava(event.accumUpdates()).forEach(task -> {
            SparkStage stage = stages.get((Integer) task._2());
            if (stage != null) {
                stage.running.put((Long) task._1(), values(task._4()));
            }
        });
    }

    @Override
    public synchronized void onTaskEnd(SparkListenerTaskEnd event) {
        SparkStage stage = stages.get(event.stageId());
        if (stage != null) {
            stage.running.remove(event.taskInfo().taskId());
            if (event.taskInfo().successful()) {
                stage.done++;
                long[] values = values(event.taskInfo().accumulables());
                Arrays.setAll(stage.sums, i -> stage.sums[i] + values[i]);
            }
        }
    }

    @Override
    public synchronized void onStageCompleted(SparkListenerStageCompleted event) {
        SparkStage stage = stages.get(event.stageInfo().stageId());
        if (stage != null) {
            stage.ended = true;
            stage.running.clear();
        }
    }

    /** @param accumulated in one task, by one or several accumulators of a name */
    private static long[] values(scala.collection.Seq<AccumulableInfo> accumulated) {
        long[] values = Metric.none();
        CollectionConverters.asJava(accumulated).forEach(one -> {
            if (one.name().isDefined()
                    && one.update().isDefined()
                    && one.update().get() instanceof Long) {
                for (Metric metric : Metric.ALL) {
                    if (metric.accumulator.equals(one.name().get())) {
                        values[metric.ordinal()] += (Long) one.update().get();
                    }
                }
            }
        });
        return values;
    }

    @Override
    public synchronized StageCounts counts() {
        Work work = Work.UNKNOWN;
        long now = System.nanoTime();
        long running = 0;
        int done = 0;
        int tasks = 0;
        for (SparkStage stage : stages.values()) {
            long bytes = Math.max(stage.sum(Metric.BYTES), stage.sum(Metric.MAPPED_BYTES));
            work = work.plus(new Work(stage.sum(Metric.ARCHIVES), stage.sum(Metric.ARRAYS), bytes));
            if (!stage.ended) {
                running = Math.max(running, now - stage.begun);
                done += stage.done;
                tasks += stage.tasks;
            }
        }
        return new StageCounts(work, done, tasks, running / 1_000_000);
    }

    @Override
    public Optional<AnonymousMemory> memory() {
        return AnonymousMemory.of(spark);
    }
}
