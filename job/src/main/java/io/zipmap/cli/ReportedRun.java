package io.zipmap.cli;

import io.zipmap.Credentials;
import io.zipmap.IoSupplier;
import io.zipmap.Printable;
import io.zipmap.ZipmapException;
import io.zipmap.job.PipelineRun;
import io.zipmap.job.RunSettings;
import io.zipmap.job.RunSummary;
import io.zipmap.options.Option;
import io.zipmap.plan.RunOutput;
import io.zipmap.report.ReportFile;
import io.zipmap.report.RunReport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.apache.hadoop.conf.Configuration;

/**
 * A run that leaves a report, also if it fails: in the file of {@link Option#REPORT}, otherwise, if it fails in one of
 * its stages, in a file beside its output. The report within the output is published with the tables.
 */
final class ReportedRun {
    private final CommandInvocation invocation;
    private final RunSettings settings;
    private final RunReport report;
    private final Configuration configuration;

    ReportedRun(CommandInvocation invocation, RunSettings settings, RunReport report, Configuration configuration) {
        this.invocation = invocation;
        this.settings = settings;
        this.report = report;
        this.configuration = configuration;
    }

    /** Does the work of a run, and writes the report. What the work throws comes out as it was thrown. */
    RunSummary watch(PipelineRun run, IoSupplier<RunSummary> work) throws IOException {
        // A task keeps what the work throws, of any type, without a clause that catches everything.
        FutureTask<RunSummary> task = new FutureTask<>(work::get);
        task.run();
        try {
            RunSummary summary = task.get();
            if (settings.report().isPresent()) {
                ReportFile file = ReportFile.at(settings.report().get(), configuration);
                file.write(report.lastPage(run.facts()));
            }
            return summary;
        } catch (ExecutionException e) {
            Throwable error = Objects.requireNonNull(e.getCause());
            boolean began =
                    settings.report().isPresent() || !run.facts().stages().isEmpty();
            if (began && !invocation.interruption().hasBegun()) {
                writeFailed(run, error);
            }
            throw ReportedRun.<RuntimeException>undeclared(error);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The run has ended", e);
        }
    }

    /** The files of the report of a run that has succeeded. */
    List<String> files() {
        List<String> files = new ArrayList<>();
        if (report.isPublished()) {
            settings.output()
                    .ifPresent(output ->
                            files.add(String.join("/", output, RunOutput.REPORT_FOLDER, RunOutput.REPORT_FILE)));
        }
        settings.report().ifPresent(files::add);
        return files;
    }

    /** A report that cannot be written changes nothing of the error. */
    private void writeFailed(PipelineRun run, Throwable error) {
        Optional<ZipmapException> named = Optional.ofNullable(ErrorPrinter.named(error));
        try {
            ReportFile file = settings.report().isPresent()
                    ? ReportFile.at(settings.report().get(), configuration)
                    : ReportFile.beside(settings.output().orElseThrow(), configuration);
            file.write(report.failedPage(
                    run.facts(), named.map(one -> one.condition().label()), ErrorPrinter.message(error)));
            invocation.err().println("zipmap: the report of this run is in " + Printable.of(file.toString()));
        } catch (IOException e) {
            invocation
                    .err()
                    .println("zipmap: cannot write the report of this run: "
                            + Printable.of(Credentials.hide(String.valueOf(e.getMessage()))));
        }
        invocation.err().flush();
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> E undeclared(Throwable e) throws E {
        throw (E) e;
    }
}
