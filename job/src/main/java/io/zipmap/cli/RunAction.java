package io.zipmap.cli;

import io.zipmap.job.PipelineRun;
import io.zipmap.job.RunSettings;
import io.zipmap.job.RunSummary;
import io.zipmap.memory.MemoryGuard;
import io.zipmap.report.RunReport;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * {@code run}: runs the pipeline, prints the results of its queries, and its summary apart from them. The statistics
 * are the result of a run that keeps no tables and has no query.
 */
final class RunAction implements CommandAction {
    @Override
    public int run(CommandInvocation invocation) throws IOException {
        RunSettings settings = RunSettings.of(invocation.values());
        try (SparkApplication spark = SparkApplication.open(invocation)) {
            return runPipeline(invocation, spark, settings, null);
        }
    }

    /**
     * Runs the pipeline, prints its summary and names the first failures.
     *
     * @param afterwards runs when the tables are registered as temporary views; null if nothing does
     * @return the exit status
     */
    static int runPipeline(
            CommandInvocation invocation, SparkApplication spark, RunSettings settings, @Nullable Runnable afterwards)
            throws IOException {
        MemoryGuard guard = spark.guard(settings.maxAnonGrowth());
        RunReport report = settings.output().isEmpty()
                ? null
                : RunReport.listening(spark.session().sparkContext(), invocation.command(), invocation.values());
        PipelineRun run = new PipelineRun(spark.session(), settings, guard::stop, report, invocation.progress());
        RunSummary summary = guard.watch(() -> run.run(afterwards));
        SummaryPrinter printer = new SummaryPrinter(invocation.notes());
        printer.printMoreStatistics(summary);
        printer.print(summary, spark.peaks());
        new SummaryPrinter(invocation.err()).printFailures(summary);
        return summary.failures() == 0 ? ExitStatus.DONE : ExitStatus.DONE_WITH_FAILURES;
    }
}
