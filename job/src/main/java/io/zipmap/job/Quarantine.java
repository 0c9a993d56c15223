package io.zipmap.job;

import io.zipmap.ZipmapException;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;

/**
 * Which failures become rows. A bad archive does; a sick node is the end of the task, which is then tried elsewhere. A source
 * that cannot be read may be the fault of either: it becomes a row where no other try is left.
 */
final class Quarantine {
    private static final int SPARKS_MAX_FAILURES = 4;

    private final PipelineSettings settings;

    Quarantine(PipelineSettings settings) {
        this.settings = settings;
    }

    boolean takes(ZipmapException error) {
        if (settings.failFast()) {
            return false;
        }
        return switch (error.condition().blame()) {
            case INPUT -> true;
            case SOURCE -> isLastTry();
            case NODE, USAGE -> false;
        };
    }

    /** The driver does not try again, and Spark in one process has no elsewhere. */
    private static boolean isLastTry() {
        TaskContext task = TaskContext.get();
        if (task == null || SparkEnv.get().conf().get("spark.master", "").matches("local(\\[.*)?")) {
            return true;
        }
        return task.attemptNumber() + 1
                >= SparkEnv.get().conf().getInt("spark.task.maxFailures", SPARKS_MAX_FAILURES);
    }
}
