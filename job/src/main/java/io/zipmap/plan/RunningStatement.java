package io.zipmap.plan;

import java.util.UUID;
import org.apache.spark.SparkContext;
import org.jspecify.annotations.Nullable;

/**
 * The mark of a thread that runs one statement, from its analysis to its result. Spark analyses a statement before it
 * gives the statement a number, so a table could not know otherwise that both belong together.
 */
public final class RunningStatement implements AutoCloseable {
    private static final String ID = "zipmap.statement";

    private final SparkContext spark;

    private RunningStatement(SparkContext spark) {
        this.spark = spark;
    }

    /** Marks the current thread until the result is closed, in this thread. */
    public static RunningStatement begin(SparkContext spark) {
        spark.setLocalProperty(ID, UUID.randomUUID().toString());
        return new RunningStatement(spark);
    }

    /** The identity of the statement that this thread runs; null if the thread is not marked. */
    public static @Nullable String current(SparkContext spark) {
        return spark.getLocalProperty(ID);
    }

    @Override
    public void close() {
        spark.setLocalProperty(ID, null);
    }
}
