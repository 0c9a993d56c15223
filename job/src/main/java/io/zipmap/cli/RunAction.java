package io.zipmap.cli;

import io.zipmap.job.PipelineRun;
import io.zipmap.job.RunSettings;
import io.zipmap.job.RunSummary;
import java.io.IOException;

/** {@code run}: the pipeline. */
final class RunAction implements CommandAction {
    @Override
    public int run(CommandInvocation call) throws IOException {
        RunSettings settings = RunSettings.of(call.values());
        try (SparkScope spark = SparkScope.open(call)) {
            return run(call, spark, settings, () -> {});
        }
    }

    /** @param afterwards looks at the tables, which are temporary views by then */
    static int run(CommandInvocation call, SparkScope spark, RunSettings settings, Runnable afterwards)
            throws IOException {
        RunSummary summary = new PipelineRun(spark.session(), settings).run(afterwards);
        new SummaryPrinter(call.out()).print(summary, spark.peaks());
        return summary.failures() == 0 ? ExitStatus.DONE : ExitStatus.DONE_WITH_FAILURES;
    }
}
