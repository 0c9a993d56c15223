package io.zipmap.sql;

import java.util.OptionalLong;
import org.apache.spark.sql.connector.read.Statistics;

/** Exact numbers for the optimiser. Immutable. */
final class KnownStatistics implements Statistics {
    private final long rows;
    private final long bytes;

    KnownStatistics(long rows, long bytes) {
        this.rows = rows;
        this.bytes = bytes;
    }

    @Override
    public OptionalLong sizeInBytes() {
        return OptionalLong.of(bytes);
    }

    @Override
    public OptionalLong numRows() {
        return OptionalLong.of(rows);
    }
}
