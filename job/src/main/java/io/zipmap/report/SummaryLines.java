package io.zipmap.report;

import io.zipmap.OptionSpelling;
import io.zipmap.job.RunSummary;
import io.zipmap.job.output.FailureSummary;
import io.zipmap.job.stats.ReadCounts;
import io.zipmap.options.Option;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The summary of a run as labels and values, which the terminal prints and the page shows. */
public final class SummaryLines {
    private final List<Line> lines = new ArrayList<>();

    private SummaryLines() {}

    /** One fact. */
    public record Line(String label, String value) {}

    public static List<Line> of(RunSummary summary) {
        SummaryLines all = new SummaryLines();
        all.add(summary);
        return all.lines;
    }

    private void add(RunSummary summary) {
        line("archives", "%,d (%s)", summary.archives(), ByteText.of(summary.archiveBytes()));
        summary.changes()
                .ifPresent(changes -> line(
                        "incremental",
                        "%,d carried over, %,d new, %,d changed, %,d tried again, %,d removed",
                        changes.carriedOver(),
                        changes.added(),
                        changes.changed(),
                        changes.again(),
                        changes.removed()));
        line("arrays", "%,d (%s)", summary.arrays(), ByteText.of(summary.arrayBytes()));
        if (summary.tooWide() > 0) {
            line(
                    "no column stats",
                    "%,d %s of more columns than %s",
                    summary.tooWide(),
                    summary.tooWide() == 1 ? "array" : "arrays",
                    Option.MAX_COLUMNS.flag());
        }
        summary.entries().notes().forEach(note -> line("not taken", "%s", OptionSpelling.COMMAND_LINE.apply(note)));
        line("extracted", "%s", ByteText.of(summary.extractedBytes()));
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
    }

    private static String counts(FailureSummary failures) {
        String byCondition = failures.counts().entrySet().stream()
                .map(one -> String.format(Locale.ROOT, "%,d %s", one.getValue(), one.getKey()))
                .collect(Collectors.joining(", "));
        return String.format(Locale.ROOT, "%,d", failures.count())
                + (byCondition.isEmpty() ? "" : " (" + byCondition + ")");
    }

    private void line(String label, String format, Object... values) {
        lines.add(new Line(label, String.format(Locale.ROOT, format, values)));
    }
}
