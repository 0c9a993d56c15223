package io.zipmap.job;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.length;

import io.zipmap.job.output.ColumnStatsTable;
import io.zipmap.job.stats.Aggregation;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Prints the statistics of a run that keeps no tables and runs no query. CSV and JSON have every row and column of the
 * table {@code column_stats}. The text table has its first rows, the columns that people compare, and the archives
 * without the folders that they share. It is made without Spark SQL, whose first query takes most of a second.
 */
final class StatisticsResult {
    private static final String ARCHIVE = "archive";
    private static final String ENTRY_INDEX = "entry_index";
    private static final String COLUMN = "column";
    private static final Set<String> LEFT_OUT =
            Set.of(ENTRY_INDEX, "valid_count", "sum", "exact_min", "exact_max", "exact_sum");

    private final SparkSession session;
    private final boolean quantiles;
    private final ResultFormat format;

    StatisticsResult(SparkSession session, RunSettings settings) {
        this.session = session;
        this.quantiles = settings.pipeline().quantiles();
        this.format = settings.results().printFormat();
    }

    /**
     * Prints on standard output.
     *
     * @return the number of rows that are not printed
     */
    long print(Aggregation aggregation) {
        if (format == ResultFormat.TABLE) {
            return printTable(ColumnStatsTable.rows(aggregation, quantiles));
        }
        format.print(ColumnStatsTable.of(session, aggregation, quantiles)
                .orderBy(col(ARCHIVE), col(ENTRY_INDEX), length(col(COLUMN)), col(COLUMN)));
        return 0;
    }

    private long printTable(JavaRDD<Row> all) {
        StructType schema = ColumnStatsTable.schema(quantiles);
        List<Row> first = all.takeOrdered(ResultFormat.PRINTED_ROWS + 1, new InOrder(schema));
        List<Row> printed = first.subList(0, Math.min(first.size(), ResultFormat.PRINTED_ROWS));
        String[] columns = Arrays.stream(schema.fieldNames())
                .filter(name -> !LEFT_OUT.contains(name))
                .toArray(String[]::new);
        TextTable table = new TextTable(columns);
        int archive = schema.fieldIndex(ARCHIVE);
        int shared = sharedFolders(printed, archive);
        for (Row row : printed) {
            table.add(RowFactory.create(Arrays.stream(columns)
                    .map(name -> name.equals(ARCHIVE)
                            ? row.getString(archive).substring(shared)
                            : row.get(schema.fieldIndex(name)))
                    .toArray()));
        }
        ResultFormat.printLines(table.lines());
        return printed.size() == first.size() ? 0 : all.count() - printed.size();
    }

    /** The number of characters of the folders that all archives share. The rows are in order of archives. */
    private static int sharedFolders(List<Row> rows, int archive) {
        if (rows.isEmpty()) {
            return 0;
        }
        String first = rows.get(0).getString(archive);
        String last = rows.get(rows.size() - 1).getString(archive);
        int same = 0;
        while (same < Math.min(first.length(), last.length()) && first.charAt(same) == last.charAt(same)) {
            same++;
        }
        return first.lastIndexOf('/', same - 1) + 1;
    }

    /** The order of rows: archives by name, entries by number, c2 before c10. */
    private static final class InOrder implements Comparator<Row>, Serializable {
        private static final long serialVersionUID = 1L;

        private final int archive;
        private final int entryIndex;
        private final int column;

        InOrder(StructType schema) {
            this.archive = schema.fieldIndex(ARCHIVE);
            this.entryIndex = schema.fieldIndex(ENTRY_INDEX);
            this.column = schema.fieldIndex(COLUMN);
        }

        @Override
        public int compare(Row one, Row other) {
            int order = one.getString(archive).compareTo(other.getString(archive));
            if (order == 0) {
                order = Integer.compare(one.getInt(entryIndex), other.getInt(entryIndex));
            }
            if (order == 0) {
                order = Integer.compare(
                        one.getString(column).length(), other.getString(column).length());
            }
            return order == 0 ? one.getString(column).compareTo(other.getString(column)) : order;
        }
    }
}
