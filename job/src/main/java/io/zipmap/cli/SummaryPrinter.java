package io.zipmap.cli;

import io.zipmap.job.RunSummary;
import io.zipmap.job.stats.ReadCounts;
import io.zipmap.memory.MemoryPeak;
import io.zipmap.options.Option;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Prints the summary of a run and the memory peaks of its processes, one line per fact. */
final class SummaryPrinter {
    private static final double MIB = 1 << 20;

    private final PrintWriter out;

    SummaryPrinter(PrintWriter out) {
        this.out = out;
    }

    void print(RunSummary summary, Map<String, MemoryPeak> peaks) {
        line("archives", "%d (%.1f MiB)", summary.archives(), summary.archiveBytes() / MIB);
        summary.changes()
                .ifPresent(changes -> line(
                        "incremental",
                        "%d carried over, %d new, %d changed, %d tried again, %d removed",
                        changes.carriedOver(),
                        changes.added(),
                        changes.changed(),
                        changes.again(),
                        changes.removed()));
        line("arrays", "%d (%.1f MiB)", summary.arrays(), summary.arrayBytes() / MIB);
        if (summary.tooWide() > 0) {
            line(
                    "no statistics",
                    "%d %s of more columns than %s",
                    summary.tooWide(),
                    summary.tooWide() == 1 ? "array" : "arrays",
                    Option.MAX_COLUMNS.flag());
        }
        summary.entries().notes().forEach(note -> line("not taken", "%s", note));
        line("extracted", "%.1f MiB", summary.extractedBytes() / MIB);
        line(
                "map reads",
                "%d local, %d healed",
                summary.reads().values().stream().mapToLong(ReadCounts::local).sum(),
                summary.reads().values().stream().mapToLong(ReadCounts::healed).sum());
        line("failures", "%d", summary.failures());
        line("largest record", "%d bytes", summary.largestRecord());
        line(
                "seconds",
                "%s",
                summary.seconds().entrySet().stream()
                        .map(stage -> String.format(Locale.ROOT, "%s %.2f", stage.getKey(), stage.getValue()))
                        .collect(Collectors.joining(", ")));
        peaks.forEach((process, peak) -> line(
                "memory",
                "%s: peak RssAnon %.0f MiB, heap %.0f MiB",
                process,
                peak.anonymous() / MIB,
                peak.heap() / MIB));
        out.flush();
    }

    private void line(String name, String format, Object... values) {
        out.printf("%-15s %s%n", name, String.format(Locale.ROOT, format, values));
    }
}
