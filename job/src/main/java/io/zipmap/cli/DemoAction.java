package io.zipmap.cli;

import io.zipmap.job.RunSettings;
import io.zipmap.job.output.TotalStatsView;
import io.zipmap.options.Option;
import io.zipmap.options.OptionValues;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/**
 * {@code demo}: generates 15 archives of float32 arrays of shape (2 000 000, 4), runs the pipeline on them, and shows a
 * query on the published tables. With {@code --naive}, compares its memory with that of {@link NaiveAction}, which runs
 * in another process before this one.
 */
final class DemoAction implements CommandAction {
    static final String QUERY =
            "SELECT column, arrays, count AS elements, min, max, mean, stddev FROM total_stats ORDER BY column";

    @Override
    public int run(CommandInvocation invocation) throws IOException {
        DemoFolder demo = DemoFolder.of(invocation);
        RunSettings settings = RunSettings.of(OptionValues.resolve(
                Map.of(
                        Option.INPUT, List.of(demo.archives()),
                        Option.OUTPUT, List.of(demo.tables()),
                        Option.OVERWRITE, List.of("true"),
                        Option.DTYPE, List.of("float32"),
                        Option.SHAPE, List.of("-1," + DemoFolder.COLUMNS)),
                System::getProperty,
                Map.of()));
        NaiveComparison naive = invocation.values().flag(Option.NAIVE) ? NaiveComparison.take() : null;
        boolean written = GenerateAction.writeInThreads(invocation, demo.samples());
        try (SparkApplication spark = SparkApplication.open(invocation)) {
            if (!written) {
                GenerateAction.write(invocation, spark, demo.samples());
            }
            int status = RunAction.runPipeline(invocation, spark, settings, () -> show(invocation, spark.session()));
            if (naive != null) {
                naive.finish(
                        spark.session().sparkContext(), demo.samples().bytes(), demo.comparison(), invocation.notes());
            }
            return status;
        }
    }

    private static void show(CommandInvocation invocation, SparkSession session) {
        new TotalStatsView(session).register();
        invocation.notes().println(QUERY);
        invocation.notes().flush();
        session.sql(QUERY).show(false);
    }
}
