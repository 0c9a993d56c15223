package io.zipmap.testing;

import io.zipmap.job.PipelineRun;
import io.zipmap.job.RunSettings;
import io.zipmap.job.RunSummary;
import io.zipmap.options.OptionValues;
import io.zipmap.plan.RunOutput;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** One run, as the command {@code run} makes it, and the rows of its tables. */
public final class Run {
    public final RunSummary summary;
    public final List<Row> arrays;
    public final List<Row> columnStats;
    public final List<Row> arrayStats;
    public final List<Row> failures;

    private Run(RunSummary summary, Map<String, List<Row>> tables) {
        this.summary = summary;
        this.arrays = tables.get(RunOutput.ARRAYS);
        this.columnStats = tables.get(RunOutput.COLUMN_STATS);
        this.arrayStats = tables.get(RunOutput.ARRAY_STATS);
        this.failures = tables.get(RunOutput.FAILURES);
    }

    private static Run of(SparkSession session, OptionValues values) throws IOException {
        Map<String, List<Row>> tables = new HashMap<>();
        RunSummary summary = new PipelineRun(session, RunSettings.of(values))
                .run(() -> RunOutput.TABLES.forEach(
                        name -> tables.put(name, session.table(name).collectAsList())));
        return new Run(summary, tables);
    }

    public static Run of(SparkSession session, TestOptions options) throws IOException {
        return of(session, options.values());
    }

    /** @param pairs as in {@link TestOptions#of(Object...)} */
    public static Run of(SparkSession session, Object... pairs) throws IOException {
        return of(session, TestOptions.of(pairs));
    }

    /** Rows of {@code column_stats} by {@code file!entry column}. */
    public Map<String, Row> statsByColumn() {
        return byKey(columnStats, "column");
    }

    /** Rows of {@code array_stats} by {@code file!entry field}. */
    public Map<String, Row> statsByField() {
        return byKey(arrayStats, "field");
    }

    private static Map<String, Row> byKey(List<Row> table, String key) {
        Map<String, Row> rows = new TreeMap<>();
        for (Row row : table) {
            Row former = rows.put(nameOf(row) + " " + row.getAs(key), row);
            if (former != null) {
                throw new AssertionError("Twice: " + row);
            }
        }
        return rows;
    }

    /** Rows of {@code arrays} by {@code file!entry}. */
    public Map<String, Row> arraysByName() {
        Map<String, Row> rows = new TreeMap<>();
        for (Row row : arrays) {
            Row former = rows.put(nameOf(row), row);
            if (former != null) {
                throw new AssertionError("Twice: " + row);
            }
        }
        return rows;
    }

    /** Conditions of {@code failures} by {@code file!entry}. */
    public Map<String, String> conditionsByName() {
        Map<String, String> conditions = new TreeMap<>();
        failures.forEach(row -> conditions.merge(nameOf(row), row.getAs("condition"), (a, b) -> a + " " + b));
        return conditions;
    }

    /** {@code file!entry}, or {@code file} where there is no entry. */
    public static String nameOf(Row row) {
        String archive = row.getAs("archive");
        String entry = row.getAs("entry");
        return archive.substring(archive.lastIndexOf('/') + 1) + (entry == null ? "" : "!" + entry);
    }
}
