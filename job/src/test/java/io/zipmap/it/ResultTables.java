package io.zipmap.it;

import io.zipmap.job.PipelineRun;
import io.zipmap.job.RunSettings;
import io.zipmap.job.RunSummary;
import io.zipmap.job.Zipmap;
import io.zipmap.job.extract.ArrayRecords;
import io.zipmap.options.Option;
import io.zipmap.plan.RunOutput;
import io.zipmap.testing.TestOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The three tables of a run over the same archives, without the columns that depend on the host of an array. */
record ResultTables(List<String> arrays, List<String> columnStats, List<String> arrayStats, List<String> failures) {
    private static final String[] HOST_COLUMNS = {"host", "path", "file_bytes", "placed", "local_reads", "healed_reads"
    };

    /** The command {@code run}. */
    static ResultTables ofRun(SparkSession session, Map<Option, String> options) throws IOException {
        return ofRun(session, options, summary -> {});
    }

    static ResultTables ofRun(SparkSession session, Map<Option, String> options, Consumer<RunSummary> check)
            throws IOException {
        Map<String, List<String>> rows = new HashMap<>();
        RunSettings settings = RunSettings.of(TestOptions.of(options).values());
        check.accept(new PipelineRun(session, settings).run(() -> {
            for (String table : RunOutput.TABLES) {
                rows.put(table, rows(session.table(table)));
            }
        }));
        return new ResultTables(
                rows.get("arrays"), rows.get("column_stats"), rows.get("array_stats"), rows.get("failures"));
    }

    /** The tables that the Java API computes for extracted arrays. */
    static ResultTables of(Zipmap zipmap, ArrayRecords records) throws IOException {
        List<String> columnStats = rows(zipmap.columnStats(records));
        List<String> arrayStats = rows(zipmap.arrayStats(records));
        List<String> failures = new ArrayList<>();
        records.failures().collect().forEach(failure -> failures.add(failure.toString()));
        return new ResultTables(rows(zipmap.arrays(records)), columnStats, arrayStats, failures);
    }

    /** The tables that the command {@code run} has published under {@code --output}. */
    static ResultTables published(SparkSession session, Path output) {
        return new ResultTables(
                rows(session.read().parquet(output.resolve("arrays").toString())),
                rows(session.read().parquet(output.resolve("column_stats").toString())),
                rows(session.read().parquet(output.resolve("array_stats").toString())),
                rows(session.read().parquet(output.resolve("failures").toString())));
    }

    private static List<String> rows(Dataset<Row> table) {
        return table.drop(HOST_COLUMNS).collectAsList().stream()
                .map(Row::json)
                .sorted()
                .toList();
    }
}
