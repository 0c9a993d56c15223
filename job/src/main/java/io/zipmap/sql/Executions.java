package io.zipmap.sql;

import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** How Spark numbers the queries that it runs. */
final class Executions {
    private static final String ID = "spark.sql.execution.id";

    private Executions() {}

    /** The query that this thread runs; null when it only plans one. */
    static @Nullable String current(SparkSession session) {
        return session.sparkContext().getLocalProperty(ID);
    }
}
