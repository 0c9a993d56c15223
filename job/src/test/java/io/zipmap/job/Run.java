package io.zipmap.job;

import io.zipmap.ZipmapException;
import io.zipmap.options.Option;
import io.zipmap.options.OptionValues;
import io.zipmap.plan.RunOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** One run, as the command {@code run} makes it, with the tables that it left. */
public final class Run {
    public final RunSummary summary;
    public final List<Row> arrays;
    public final List<Row> columnStats;
    public final List<Row> failures;

    private Run(RunSummary summary, Map<String, List<Row>> tables) {
        this.summary = summary;
        this.arrays = tables.get(RunOutput.ARRAYS);
        this.columnStats = tables.get(RunOutput.COLUMN_STATS);
        this.failures = tables.get(RunOutput.FAILURES);
    }

    public static Run of(SparkSession session, OptionValues values) throws IOException {
        Map<String, List<Row>> tables = new HashMap<>();
        RunSummary summary = new PipelineRun(session, RunSettings.of(values))
                .run(() -> RunOutput.TABLES.forEach(
                        name -> tables.put(name, session.table(name).collectAsList())));
        return new Run(summary, tables);
    }

    /** @param said an option and its text, another option and its text, … */
    public static Run of(SparkSession session, Object... said) throws IOException {
        return of(session, values(said));
    }

    public static OptionValues values(Object... said) throws ZipmapException {
        Map<Option, List<String>> options = new EnumMap<>(Option.class);
        for (int i = 0; i < said.length; i += 2) {
            options.computeIfAbsent((Option) said[i], key -> new ArrayList<>()).add(said[i + 1].toString());
        }
        return OptionValues.resolve(options, key -> null, Map.of());
    }

    /** Rows of {@code column_stats} by {@code file!entry column}. */
    public Map<String, Row> statsByColumn() {
        Map<String, Row> rows = new TreeMap<>();
        for (Row row : columnStats) {
            Row former = rows.put(nameOf(row) + " " + row.getAs("column"), row);
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
