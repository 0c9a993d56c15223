package io.zipmap.cli;

import io.zipmap.IoSupplier;
import io.zipmap.job.PipelineRun;
import io.zipmap.job.RunSettings;
import io.zipmap.job.RunSummary;
import io.zipmap.memory.MemoryGuard;
import io.zipmap.report.RunReport;
import java.io.IOException;
import java.util.List;
import org.apache.spark.SparkContext;
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
        SparkContext context = spark.session().sparkContext();
        RunReport report = settings.output().isPresent() || settings.report().isPresent()
                ? RunReport.listening(context, invocation.command(), invocation.values())
                : null;
        PipelineRun run = new PipelineRun(spark.session(), settings, guard::stop, report, invocation.progress());
        IoSupplier<RunSummary> work = () -> guard.watch(() -> run.run(afterwards));
        RunSummary summary;
        List<String> reportFiles = List.of();
        if (report == null) {
            summary = work.get();
        } else {
            ReportedRun reported = new ReportedRun(invocation, settings, report, context.hadoopConfiguration());
            summary = reported.watch(run, work);
            reportFiles = reported.files();
        }
        SummaryPrinter printer = new SummaryPrinter(invocation.notes());
        printer.printMoreStatistics(summary);
        printer.print(summary, spark.peaks(), reportFiles);
        new SummaryPrinter(invocation.err()).printFailures(summary);
        return summary.failures() == 0 ? ExitStatus.DONE : ExitStatus.DONE_WITH_FAILURES;
    }
}
