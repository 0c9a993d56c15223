package io.zipmap.plan;

import org.apache.spark.TaskContext;
import org.apache.spark.executor.InputMetrics;
import org.apache.spark.executor.OutputMetrics;

/**
 * Counts the work of the current task in its metrics, which Spark sends to the driver while the task runs: the archives
 * as input records, the bytes as input bytes, the arrays as output records.
 */
public final class TaskWork {
    private TaskWork() {}

    /** Does nothing outside of a task. */
    public static void add(long archives, long arrays, long bytes) {
        TaskContext task = TaskContext.get();
        if (task != null) {
            InputMetrics input = task.taskMetrics().inputMetrics();
            input.incRecordsRead(archives);
            input.incBytesRead(bytes);
            addOutput(task, arrays);
        }
    }

    /** Counts an archive that a task has found, as an output record. */
    static void found() {
        TaskContext task = TaskContext.get();
        if (task != null) {
            addOutput(task, 1);
        }
    }

    private static void addOutput(TaskContext task, long records) {
        OutputMetrics output = task.taskMetrics().outputMetrics();
        output.setRecordsWritten(output.recordsWritten() + records);
    }
}
