package io.zipmap.it;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskStart;

/** Spark listener that records which executors have started tasks. */
final class TaskStartListener extends SparkListener {
    private final Set<String> executors = ConcurrentHashMap.newKeySet();

    /** Registers a listener, which sees only later task starts. */
    static TaskStartListener of(SparkContext spark) {
        TaskStartListener starts = new TaskStartListener();
        spark.addSparkListener(starts);
        return starts;
    }

    @Override
    public void onTaskStart(SparkListenerTaskStart start) {
        executors.add(start.taskInfo().executorId());
    }

    void await(ExecutorProcess executor) throws Exception {
        Await.until("a task for " + executor, () -> executors.contains(executor.id()));
    }
}
