package io.zipmap.job.output;

import static org.apache.spark.sql.functions.col;

import io.zipmap.plan.RunOutput;
import java.io.IOException;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Reads tables that a former run published, perhaps one of an older zipmap: what it did not write yet is added. */
final class FormerTables {
    private static final String VALID_COUNT = "valid_count";

    private FormerTables() {}

    /**
     * Reads a table.
     *
     * @param format of the table, where the output does not say it
     * @throws io.zipmap.ZipmapException {@code INPUT_UNREADABLE} when it is not in this format
     */
    static Dataset<Row> read(SparkSession session, RunOutput output, String name, String format) throws IOException {
        Dataset<Row> table = output.tables().read(session, name, format, Tables.schema(name));
        boolean older =
                name.equals(Tables.COLUMN_STATS) && !List.of(table.columns()).contains(VALID_COUNT);
        return older ? table.withColumn(VALID_COUNT, col("count").minus(col("nan_count"))) : table;
    }
}
