package io.zipmap.plan;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import java.util.EnumSet;
import java.util.Set;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;

/**
 * The rule of {@code onError=quarantine}: which errors leave an archive or entry out, and which end the task.
 *
 * <p>A bad archive is left out. A sick node ends the task, so that Spark tries it elsewhere. Two errors are left out by
 * a run only, because a run records them in its table {@code failures} and a query has no such table: a limit that an
 * archive exceeds, and a source that still cannot be read by the last attempt of a task. Immutable.
 */
public final class Quarantine {
    private static final int SPARKS_MAX_FAILURES = 4;

    private static final Set<Condition> LIMITS =
            EnumSet.of(Condition.LIMIT_ENTRY_BYTES, Condition.LIMIT_ARCHIVE_BYTES, Condition.LIMIT_ENTRIES);

    private final boolean enabled;
    private final boolean hasFailuresTable;

    private Quarantine(boolean enabled, boolean hasFailuresTable) {
        this.enabled = enabled;
        this.hasFailuresTable = hasFailuresTable;
    }

    /** @param enabled false to accept no error at all */
    public static Quarantine ofRun(boolean enabled) {
        return new Quarantine(enabled, true);
    }

    /** @param enabled false to accept no error at all */
    public static Quarantine ofQuery(boolean enabled) {
        return new Quarantine(enabled, false);
    }

    /** Whether what has failed is left out; if not, the caller throws the error. */
    public boolean accepts(ZipmapException error) {
        if (!enabled) {
            return false;
        }
        return switch (error.condition().blame()) {
            case INPUT -> hasFailuresTable || !LIMITS.contains(error.condition());
            case SOURCE -> hasFailuresTable && isLastAttempt();
            case NODE, USAGE -> false;
        };
    }

    private static boolean isLastAttempt() {
        TaskContext task = TaskContext.get();
        SparkConf conf = SparkEnv.get().conf();
        return task == null
                || isLastAttempt(
                        conf.get("spark.master", ""),
                        task.attemptNumber(),
                        conf.getInt("spark.task.maxFailures", SPARKS_MAX_FAILURES));
    }

    /** The driver does not try again, and Spark in one process has no other node. */
    static boolean isLastAttempt(String master, int attempt, int maxFailures) {
        return master.matches("local(\\[.*)?") || attempt + 1 >= maxFailures;
    }
}
