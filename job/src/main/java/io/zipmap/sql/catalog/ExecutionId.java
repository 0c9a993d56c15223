package io.zipmap.sql.catalog;

import org.apache.spark.TaskContext;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import scala.Option;

/** The number that Spark gives to a query when it starts to run; later queries have higher numbers. */
public final class ExecutionId {
    private static final String ID = "spark.sql.execution.id";

    private ExecutionId() {}

    /** The number of the query that this thread runs; null while it only plans one. */
    public static @Nullable String current() {
        Option<SparkSession> session = SparkSession.getActiveSession();
        return session.isEmpty() ? null : session.get().sparkContext().getLocalProperty(ID);
    }

    /** The number of the query that a task belongs to. */
    public static @Nullable String of(TaskContext task) {
        return task.getLocalProperty(ID);
    }
}
