package io.zipmap.sql;

import java.util.OptionalLong;
import org.apache.spark.sql.connector.read.Statistics;
import org.apache.spark.sql.types.StructType;

/** The exact number of rows that a scan returns, and the bytes that their columns take in Spark. Immutable. */
record ExactStatistics(OptionalLong numRows, OptionalLong sizeInBytes) implements Statistics {
    static ExactStatistics of(long rows, StructType schema) {
        return new ExactStatistics(OptionalLong.of(rows), OptionalLong.of(rows * Math.max(1, schema.defaultSize())));
    }
}
