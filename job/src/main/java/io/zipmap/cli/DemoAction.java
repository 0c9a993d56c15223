package io.zipmap.cli;

import io.zipmap.job.RunSettings;
import io.zipmap.job.output.TotalStatsView;
import io.zipmap.options.Command;
import io.zipmap.options.Option;
import io.zipmap.options.OptionValues;
import io.zipmap.tools.SampleJob;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/**
 * {@code demo}: generates 15 archives of float32 arrays of shape (2 000 000, 4), runs the pipeline on them, and shows
 * two queries on the published tables.
 */
final class DemoAction implements CommandAction {
    private static final String FOLDER_VARIABLE = "ZIPMAP_DEMO";
    static final String STATISTICS = "SELECT regexp_extract(archive, '[^/]*$', 0) AS archive, column, count,"
            + " min, max, mean, stddev FROM column_stats ORDER BY length(archive), archive, column";
    static final String QUERY =
            "SELECT column, arrays, count AS elements, min, max, mean, stddev FROM total_stats ORDER BY column";

    @Override
    public int run(CommandInvocation invocation) throws IOException {
        String folder = invocation.values().text(Option.OUTPUT).orElseGet(DemoAction::defaultFolder);
        String archives = folder + "/archives";
        SampleJob samples = SampleJob.of(OptionValues.resolve(
                Map.of(Option.OUTPUT, List.of(archives)), key -> null, Command.GENERATE.defaults()));
        RunSettings settings = RunSettings.of(OptionValues.resolve(
                Map.of(
                        Option.INPUT, List.of(archives),
                        Option.OUTPUT, List.of(folder + "/tables"),
                        Option.OVERWRITE, List.of("true"),
                        Option.DTYPE, List.of("float32"),
                        Option.SHAPE, List.of("-1,4")),
                System::getProperty,
                Map.of()));
        boolean written = GenerateAction.writeInThreads(invocation, samples);
        try (SparkApplication spark = SparkApplication.open(invocation)) {
            if (!written) {
                GenerateAction.write(invocation, spark, samples);
            }
            return RunAction.runPipeline(invocation, spark, settings, () -> show(invocation, spark.session()));
        }
    }

    private static void show(CommandInvocation invocation, SparkSession session) {
        new TotalStatsView(session).register();
        for (String query : List.of(STATISTICS, QUERY)) {
            invocation.err().println(query);
            invocation.err().flush();
            session.sql(query).show(100, false);
        }
    }

    /** Folder of the demo's files: the one that the launcher sets, otherwise one in the working directory. */
    private static String defaultFolder() {
        String folder = System.getenv(FOLDER_VARIABLE);
        return "file:" + Path.of(folder == null ? "zipmap-demo" : folder).toAbsolutePath();
    }
}
