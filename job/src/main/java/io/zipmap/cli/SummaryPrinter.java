package io.zipmap.cli;

import io.zipmap.Printable;
import io.zipmap.job.RunSummary;
import io.zipmap.job.output.FailureSummary;
import io.zipmap.memory.MemoryMetric;
import io.zipmap.memory.MemorySample;
import io.zipmap.options.Option;
import io.zipmap.plan.RunOutput;
import io.zipmap.report.ByteText;
import io.zipmap.report.SummaryLines;
import java.io.PrintWriter;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;

/**
 * Prints the summary of a run, one line per fact: its counts, the memory peaks of its processes, where the tables are,
 * and the first failures.
 */
final class SummaryPrinter {
    private static final long MIN_SHARED_BYTES = 1 << 20;
    private static final int MAX_REASON_CHARS = 240;

    private final PrintWriter err;

    SummaryPrinter(PrintWriter err) {
        this.err = err;
    }

    /**
     * @param peaks by process
     * @param reports files of the report
     */
    void print(RunSummary summary, Map<String, MemorySample> peaks, List<String> reports) {
        SummaryLines.of(summary).forEach(one -> line(one.label(), "%s", one.value()));
        peaks.forEach((process, peak) -> line("memory", "%s: peak %s", process, peaks(peak)));
        line("tables", "%s", summary.output().map(Printable::of).orElse("not kept; " + keep("them")));
        reports.forEach(file -> line("report", "%s", Printable.of(file)));
        err.flush();
    }

    /** What is known of a peak. Shared memory, such as scratch on a tmpfs, only if there is some to speak of. */
    private static String peaks(MemorySample peak) {
        StringJoiner peaks = new StringJoiner(", ");
        peak.value(MemoryMetric.RSS_ANON).ifPresent(bytes -> peaks.add("RssAnon " + ByteText.whole(bytes)));
        peak.value(MemoryMetric.RSS_SHMEM).ifPresent(bytes -> {
            if (bytes >= MIN_SHARED_BYTES) {
                peaks.add("RssShmem " + ByteText.whole(bytes));
            }
        });
        peak.value(MemoryMetric.HEAP_USED).ifPresent(bytes -> peaks.add("heap " + ByteText.whole(bytes)));
        return peaks.toString();
    }

    /** Names the first failures, and where all are. Prints nothing if there are none. */
    void printFailures(RunSummary summary) {
        FailureSummary failures = summary.failureSummary();
        if (failures.count() == 0) {
            return;
        }
        Set<String> printed = new HashSet<>();
        failures.first().stream().limit(FailureSummary.FEW).forEach(failed -> printFailure(failed, printed));
        long more = Math.max(0, failures.count() - FailureSummary.FEW);
        String all = summary.output().isPresent() ? "all failures" : "these are all failures";
        String which = more == 0 ? all : String.format(Locale.ROOT, "%,d more failures", more);
        String where = summary.output()
                .map(output -> " are in " + Printable.of(output) + "/" + RunOutput.FAILURES)
                .orElse("; " + keep("them"));
        err.println("zipmap: " + which + where);
        err.flush();
    }

    /** @param printed the reasons that were printed already; many archives often fail for one reason */
    private void printFailure(FailureSummary.FailedEntry failed, Set<String> printed) {
        String where = failed.archive() + (failed.entry() == null ? "" : "!" + failed.entry());
        String reason = "[" + failed.condition() + "] " + failed.reason();
        String text = !printed.add(reason)
                ? "[" + failed.condition() + "], as above"
                : reason.length() <= MAX_REASON_CHARS ? reason : reason.substring(0, MAX_REASON_CHARS) + "…";
        err.printf("zipmap: failed: %s: %s%n", Printable.of(where), Printable.of(text));
    }

    /** Tells that the statistics were printed in part; prints nothing if they were printed whole. */
    void printMoreStatistics(RunSummary summary) {
        long rows = summary.statisticsNotPrinted();
        if (rows > 0) {
            err.printf(Locale.ROOT, "zipmap: %,d more rows of statistics: %s%n", rows, keep("all"));
            err.flush();
        }
    }

    private static String keep(String what) {
        return Option.OUTPUT.flag() + " FOLDER keeps " + what;
    }

    private void line(String name, String format, Object... values) {
        line(err, name, String.format(Locale.ROOT, format, values));
    }

    /** Prints a fact as the lines of a summary are printed. */
    static void line(PrintWriter err, String name, String value) {
        err.printf("%-15s %s%n", name, value);
    }
}
