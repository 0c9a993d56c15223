package io.zipmap.sql;

import java.util.OptionalLong;
import org.apache.spark.sql.connector.read.Statistics;
import org.apache.spark.sql.types.StructType;

/** The exact number of rows that a scan returns, and the bytes that their columns take in Spark. Immutable. */
record ExactStatistics(OptionalLong numRows, OptionalLong sizeInBytes) implements Statistics {
    static ExactStatistics of(long rows, StructType schema) {
        return new ExactStatistics(OptionalLong.of(rows), bytes(rows, schema));
    }

    /** Statistics of a scan whose filter may keep fewer rows: their number is not known, only the most bytes. */
    static ExactStatistics atMost(long rows, StructType schema) {
        return new ExactStatistics(OptionalLong.empty(), bytes(rows, schema));
    }

    private static OptionalLong bytes(long rows, StructType schema) {
        return OptionalLong.of(rows * Math.max(1, schema.defaultSize()));
    }
}
