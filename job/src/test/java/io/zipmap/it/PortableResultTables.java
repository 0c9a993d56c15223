package io.zipmap.it;

import io.zipmap.job.PipelineRun;
import io.zipmap.job.RunSettings;
import io.zipmap.testing.TestOptions;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * The tables of a run without the locations of archives and scratch, so that runs over copies of the same archives on
 * different file systems have equal tables.
 */
final class PortableResultTables {
    private static final String NAME = "substring_index(archive, '/', -1)";
    private static final String ARCHIVE = NAME + " AS archive";

    final Map<String, List<String>> rows;

    private PortableResultTables(Map<String, List<String>> rows) {
        this.rows = rows;
    }

    /**
     * Runs the pipeline in this process.
     *
     * @param pairs as in {@link TestOptions#of(Object...)}
     */
    static PortableResultTables of(SparkSession session, Object... pairs) throws IOException {
        Map<String, List<String>> rows = new TreeMap<>();
        new PipelineRun(session, RunSettings.of(TestOptions.of(pairs).values()))
                .run(() -> rows.putAll(rows(name -> session.table(name))));
        return new PortableResultTables(rows);
    }

    /** The tables that a run has published. */
    static PortableResultTables published(SparkSession session, String output) {
        return new PortableResultTables(rows(name -> session.read().parquet(output + "/" + name)));
    }

    private static Map<String, List<String>> rows(Function<String, Dataset<Row>> table) {
        Map<String, List<String>> rows = new TreeMap<>();
        rows.put(
                "arrays",
                sorted(table.apply("arrays")
                        .selectExpr(
                                ARCHIVE, "entry", "bytes", "dtype", "shape", "order", "rows", "columns", "method",
                                "crc32")));
        for (String stats : List.of("column_stats", "array_stats")) {
            rows.put(stats, sorted(table.apply(stats).withColumn("archive", functions.expr(NAME))));
        }
        rows.put("failures", sorted(table.apply("failures").selectExpr(ARCHIVE, "entry", "condition")));
        return rows;
    }

    private static List<String> sorted(Dataset<Row> table) {
        return table.collectAsList().stream().map(Row::toString).sorted().toList();
    }
}
