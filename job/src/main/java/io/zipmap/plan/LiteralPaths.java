package io.zipmap.plan;

import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.SparkSession;

/** Makes Spark readers that take paths literally. By default Spark takes a path with {@code []{}*?\} for a glob. */
public final class LiteralPaths {
    /** The key that Spark's own catalog sets for its tables: {@code DataSource.GLOB_PATHS_KEY}. */
    private static final String GLOB_PATHS = "__globPaths__";

    private LiteralPaths() {}

    public static DataFrameReader reader(SparkSession session) {
        return session.read().option(GLOB_PATHS, "false");
    }
}
