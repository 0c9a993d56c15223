package io.zipmap.job.output;

import static org.apache.spark.sql.functions.col;

import io.zipmap.job.extract.ArrayRecords;
import io.zipmap.plan.ArrayColumns;
import io.zipmap.plan.RunOutput;
import java.io.IOException;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** The published tables by name: their schemas, and how those of a former run are read. */
final class Tables {
    /** The format of an output that does not state it. */
    static final String DEFAULT_FORMAT = "parquet";

    private static final long ROWS_PER_FILE = 500_000;

    private Tables() {}

    /** The schema with all columns, also the optional ones. */
    static StructType schema(String name) {
        return switch (name) {
            case RunOutput.ARRAYS -> ArrayColumns.PUBLISHED;
            case RunOutput.COLUMN_STATS -> ColumnStatsTable.schema(true);
            case RunOutput.ARRAY_STATS -> ArrayStatsTable.schema(true);
            case RunOutput.FAILURES -> FailuresTable.SCHEMA;
            default -> throw new IllegalArgumentException("Not a table of a run: " + name);
        };
    }

    /**
     * Reads a table of a former run, perhaps of an older release of zipmap. Missing columns are added.
     *
     * @param format used if the output does not state its format
     * @throws io.zipmap.ZipmapException {@code INPUT_UNREADABLE} if the table is not in this format
     */
    static Dataset<Row> read(SparkSession session, RunOutput output, String name, String format) throws IOException {
        Dataset<Row> table = output.tables().read(session, name, format, schema(name));
        boolean older =
                name.equals(RunOutput.COLUMN_STATS) && !List.of(table.columns()).contains(StatsColumns.VALID_COUNT);
        return older ? table.withColumn(StatsColumns.VALID_COUNT, col("count").minus(col("nan_count"))) : table;
    }

    /** The number of files for a table with about one row for each array. */
    static int files(ArrayRecords records) {
        return Math.toIntExact(1 + records.count() / ROWS_PER_FILE);
    }
}
