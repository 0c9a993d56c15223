package io.zipmap.job;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.length;

import io.zipmap.job.output.InterpretedExpressions;
import io.zipmap.plan.RunOutput;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Prints the statistics of a run that keeps no tables and runs no query. CSV and JSON have every row and column of the
 * table {@code column_stats}. The text table has its first rows, the columns that people compare, and the archives
 * without the folders that they share.
 */
public final class StatisticsResult {
    private static final String ARCHIVE = "archive";
    private static final String[] LEFT_OUT = {"entry_index", "valid_count", "sum", "exact_min", "exact_max", "exact_sum"
    };

    private StatisticsResult() {}

    /**
     * Prints the view {@code column_stats} of the session on standard output.
     *
     * @return the number of rows that are not printed
     */
    @SuppressWarnings("try")
    public static long print(SparkSession session, RunSettings settings) {
        ResultFormat format = settings.results().printFormat();
        Dataset<Row> all = session.table(RunOutput.COLUMN_STATS)
                .orderBy(col(ARCHIVE), col("entry_index"), length(col("column")), col("column"));
        if (format != ResultFormat.TABLE) {
            format.print(all);
            return 0;
        }
        try (InterpretedExpressions meanwhile = InterpretedExpressions.in(session)) {
            return printTable(session, all);
        }
    }

    private static long printTable(SparkSession session, Dataset<Row> all) {
        Dataset<Row> columns = all.drop(LEFT_OUT);
        List<Row> rows = columns.takeAsList(ResultFormat.PRINTED_ROWS + 1);
        List<Row> printed = rows.subList(0, Math.min(rows.size(), ResultFormat.PRINTED_ROWS));
        Dataset<Row> local = session.createDataFrame(printed, columns.schema());
        ResultFormat.TABLE.print(
                local.withColumn(ARCHIVE, col(ARCHIVE).substr(1 + sharedFolders(printed), Integer.MAX_VALUE)));
        return printed.size() == rows.size() ? 0 : all.count() - printed.size();
    }

    /** The number of characters of the folders that all archives share. The rows are in order of archives. */
    private static int sharedFolders(List<Row> rows) {
        if (rows.isEmpty()) {
            return 0;
        }
        String first = rows.get(0).getAs(ARCHIVE);
        String last = rows.get(rows.size() - 1).getAs(ARCHIVE);
        int same = 0;
        while (same < Math.min(first.length(), last.length()) && first.charAt(same) == last.charAt(same)) {
            same++;
        }
        return first.lastIndexOf('/', same - 1) + 1;
    }
}
