package io.zipmap.job.extract;

import io.zipmap.ZipmapException;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;

/**
 * Which failures become rows. A bad archive does; a sick node is the end of the task, which is then tried elsewhere. A
 * source that cannot be read may be the fault of either: it becomes a row where no other try is left.
 */
public final class Quarantine {
    private static final int SPARKS_MAX_FAILURES = 4;

    private final PipelineSettings settings;

    public Quarantine(PipelineSettings settings) {
        this.settings = settings;
    }

    public boolean takes(ZipmapException error) {
        if (settings.failFast()) {
            return false;
        }
        return switch (error.condition().blame()) {
            case INPUT -> true;
            case SOURCE -> isLastTry();
            case NODE, USAGE -> false;
        };
    }

    private static boolean isLastTry() {
        TaskContext task = TaskContext.get();
        SparkConf conf = SparkEnv.get().conf();
        return task == null
                || isLastTry(
                        conf.get("spark.master", ""),
                        task.attemptNumber(),
                        conf.getInt("spark.task.maxFailures", SPARKS_MAX_FAILURES));
    }

    /** The driver does not try again, and Spark in one process has no elsewhere. */
    static boolean isLastTry(String master, int attempt, int maxFailures) {
        return master.matches("local(\\[.*)?") || attempt + 1 >= maxFailures;
    }
}
