package io.zipmap.cli;

import io.zipmap.OptionSpelling;
import io.zipmap.Printable;
import io.zipmap.job.RunSummary;
import io.zipmap.job.output.FailureSummary;
import io.zipmap.job.stats.ReadCounts;
import io.zipmap.memory.MemoryMetric;
import io.zipmap.memory.MemorySample;
import io.zipmap.options.Option;
import io.zipmap.plan.RunOutput;
import java.io.PrintWriter;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/**
 * Prints the summary of a run, one line per fact: its counts, the memory peaks of its processes, where the tables are,
 * and the first failures.
 */
final class SummaryPrinter {
    private static final double UNIT = 1024;
    private static final String[] UNITS = {"MiB", "GiB", "TiB", "PiB"};
    private static final long MIN_SHARED_BYTES = 1 << 20;
    private static final int MAX_REASON_CHARS = 240;

    private final PrintWriter err;

    SummaryPrinter(PrintWriter err) {
        this.err = err;
    }

    /** @param peaks by process */
    void print(RunSummary summary, Map<String, MemorySample> peaks) {
        line("archives", "%,d (%s)", summary.archives(), size(summary.archiveBytes()));
        summary.changes()
                .ifPresent(changes -> line(
                        "incremental",
                        "%,d carried over, %,d new, %,d changed, %,d tried again, %,d removed",
                        changes.carriedOver(),
                        changes.added(),
                        changes.changed(),
                        changes.again(),
                        changes.removed()));
        line("arrays", "%,d (%s)", summary.arrays(), size(summary.arrayBytes()));
        if (summary.tooWide() > 0) {
            line(
                    "no column stats",
                    "%,d %s of more columns than %s",
                    summary.tooWide(),
                    summary.tooWide() == 1 ? "array" : "arrays",
                    Option.MAX_COLUMNS.flag());
        }
        summary.entries().notes().forEach(note -> line("not taken", "%s", OptionSpelling.COMMAND_LINE.apply(note)));
        line("extracted", "%s", size(summary.extractedBytes()));
        line(
                "map reads",
                "%,d local, %,d healed",
                summary.reads().values().stream().mapToLong(ReadCounts::local).sum(),
                summary.reads().values().stream().mapToLong(ReadCounts::healed).sum());
        line("failures", "%s", counts(summary.failureSummary()));
        line("largest record", "%,d bytes", summary.largestRecord());
        line(
                "seconds",
                "%s",
                summary.seconds().entrySet().stream()
                        .map(stage -> String.format(Locale.ROOT, "%s %.2f", stage.getKey(), stage.getValue()))
                        .collect(Collectors.joining(", ")));
        peaks.forEach((process, peak) -> line("memory", "%s: peak %s", process, peaks(peak)));
        line("tables", "%s", summary.output().map(Printable::of).orElse("not kept; " + keep("them")));
        err.flush();
    }

    /** What is known of a peak. Shared memory, such as scratch on a tmpfs, only if there is some to speak of. */
    private static String peaks(MemorySample peak) {
        StringJoiner peaks = new StringJoiner(", ");
        peak.value(MemoryMetric.RSS_ANON).ifPresent(bytes -> peaks.add("RssAnon " + whole(bytes)));
        peak.value(MemoryMetric.RSS_SHMEM).ifPresent(bytes -> {
            if (bytes >= MIN_SHARED_BYTES) {
                peaks.add("RssShmem " + whole(bytes));
            }
        });
        peak.value(MemoryMetric.HEAP_USED).ifPresent(bytes -> peaks.add("heap " + whole(bytes)));
        return peaks.toString();
    }

    private static String counts(FailureSummary failures) {
        String byCondition = failures.counts().entrySet().stream()
                .map(one -> String.format(Locale.ROOT, "%,d %s", one.getValue(), one.getKey()))
                .collect(Collectors.joining(", "));
        return String.format(Locale.ROOT, "%,d", failures.count())
                + (byCondition.isEmpty() ? "" : " (" + byCondition + ")");
    }

    /** Names the first failures, and where all are. Prints nothing if there are none. */
    void printFailures(RunSummary summary) {
        FailureSummary failures = summary.failureSummary();
        if (failures.count() == 0) {
            return;
        }
        Set<String> printed = new HashSet<>();
        failures.first().forEach(failed -> printFailure(failed, printed));
        long more = failures.count() - failures.first().size();
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

    private static String size(long bytes) {
        return size(bytes, "%.1f");
    }

    private static String whole(long bytes) {
        return size(bytes, "%.0f");
    }

    /** @param mebibytes format of a number of MiB; larger units have one decimal */
    private static String size(long bytes, String mebibytes) {
        double size = bytes / UNIT / UNIT;
        int unit = 0;
        while (size >= UNIT && unit + 1 < UNITS.length) {
            size /= UNIT;
            unit++;
        }
        return String.format(Locale.ROOT, (unit == 0 ? mebibytes : "%.1f") + " %s", size, UNITS[unit]);
    }

    private void line(String name, String format, Object... values) {
        err.printf("%-15s %s%n", name, String.format(Locale.ROOT, format, values));
    }
}
