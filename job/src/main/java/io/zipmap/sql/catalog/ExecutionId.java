package io.zipmap.sql.catalog;

import org.apache.spark.TaskContext;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import scala.Option;

/** How Spark numbers the queries that it runs, in the order in which they begin. */
public final class ExecutionId {
    private static final String ID = "spark.sql.execution.id";

    private ExecutionId() {}

    /** The query that this thread runs; null when it only plans one. */
    public static @Nullable String current() {
        Option<SparkSession> session = SparkSession.getActiveSession();
        return session.isEmpty() ? null : session.get().sparkContext().getLocalProperty(ID);
    }

    /** The query that a task is of. */
    public static @Nullable String of(TaskContext task) {
        return task.getLocalProperty(ID);
    }
}
