package io.zipmap.job.output;

import io.zipmap.PlainPath;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** The failures of a run in short: their number by condition, and the first of them. Small enough for the driver. */
public final class FailureSummary implements Serializable {
    private static final long serialVersionUID = 1L;

    /** No failures. */
    public static final FailureSummary NONE = new FailureSummary(0);

    /** Failures for a reader of the terminal. */
    public static final int FEW = 5;

    private static final Comparator<Row> IN_ORDER = Comparator.<Row, String>comparing(row -> row.getAs("archive"))
            .thenComparing(row -> row.<Integer>getAs("entry_index"), Comparator.nullsFirst(Comparator.naturalOrder()));

    private final TreeMap<String, Long> counts = new TreeMap<>();
    private final ArrayList<Row> first = new ArrayList<>();
    private final int most;

    private FailureSummary(int most) {
        this.most = most;
    }

    /**
     * One failure.
     *
     * @param archive as people write it
     * @param entry null if the whole archive failed
     * @param host that failed
     * @param reason the message without condition, archive and entry
     */
    public record FailedEntry(String archive, @Nullable String entry, String host, String condition, String reason) {}

    /**
     * Reads the table {@code failures} once.
     *
     * @param most how many failures to keep at most
     */
    public static FailureSummary of(SparkSession session, Dataset<Row> table, int most) {
        FailureSummary whole = new FailureSummary(most);
        InterpretedSession.of(session)
                .adopt(table)
                .javaRDD()
                .mapPartitions(new Task(most))
                .collect()
                .forEach(whole::add);
        return whole;
    }

    private void add(FailureSummary part) {
        part.counts.forEach((condition, count) -> counts.merge(condition, count, Long::sum));
        part.first.forEach(this::addFirst);
    }

    private void add(Row failure) {
        counts.merge(failure.getAs("condition"), 1L, Long::sum);
        addFirst(failure);
    }

    private void addFirst(Row failure) {
        if (first.size() < most || IN_ORDER.compare(failure, first.get(most - 1)) < 0) {
            int at = Collections.binarySearch(first, failure, IN_ORDER);
            first.add(at < 0 ? -at - 1 : at, failure);
        }
        if (first.size() > most) {
            first.remove(most);
        }
    }

    /** The number of failures. */
    public long count() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The number of failures by condition, sorted by condition. */
    public Map<String, Long> counts() {
        return counts;
    }

    /** At most so many failures as were to be kept, sorted by archive and entry. */
    public List<FailedEntry> first() {
        return first.stream().map(FailureSummary::entryOf).toList();
    }

    private static FailedEntry entryOf(Row failure) {
        String archive = PlainPath.of(failure.getAs("archive"));
        String entry = failure.getAs("entry");
        String condition = failure.getAs("condition");
        String reason = failure.<String>getAs("message")
                .replace("[" + condition + "] ", "")
                .replace("; archive: " + archive, "")
                .replace("; entry: " + entry, "");
        return new FailedEntry(archive, entry, failure.getAs("host"), condition, reason);
    }

    /** Summarises one partition on the executor. */
    private static final class Task implements FlatMapFunction<Iterator<Row>, FailureSummary> {
        private static final long serialVersionUID = 1L;

        private final int most;

        Task(int most) {
            this.most = most;
        }

        @Override
        public Iterator<FailureSummary> call(Iterator<Row> failures) {
            FailureSummary summary = new FailureSummary(most);
            failures.forEachRemaining(failure -> summary.add(failure));
            return List.of(summary).iterator();
        }
    }
}
