package io.zipmap.plan;

import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.SparkSession;

/**
 * Reads files of ours by their very names. Spark takes a path with one of {@code []{}*?\} for a glob unless it is told.
 */
public final class LiteralPaths {
    /** The key that Spark's own catalog sets for the tables that it holds: {@code DataSource.GLOB_PATHS_KEY}. */
    private static final String GLOB_PATHS = "__globPaths__";

    private LiteralPaths() {}

    public static DataFrameReader reader(SparkSession session) {
        return session.read().option(GLOB_PATHS, "false");
    }
}
