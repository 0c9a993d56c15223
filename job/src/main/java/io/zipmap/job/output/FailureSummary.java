package io.zipmap.job.output;

import io.zipmap.PlainPath;
import io.zipmap.Printable;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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

    /** Characters of a name of an entry, which may have 65 535 bytes. */
    private static final int MOST_NAME_CHARS = 500;

    private static final Comparator<FailedEntry> IN_ORDER = Comparator.comparing(FailedEntry::archive)
            .thenComparing(entry -> entry.index, Comparator.nullsFirst(Comparator.naturalOrder()));

    private final TreeMap<String, Long> counts = new TreeMap<>();
    private final ArrayList<FailedEntry> first = new ArrayList<>();
    private final int most;

    private FailureSummary(int most) {
        this.most = most;
    }

    /**
     * Reads the table {@code failures} once.
     *
     * @param most how many failures to keep at most
     */
    public static FailureSummary of(SparkSession session, Dataset<Row> table, int most) {
        // A tree, because each partition may have as many failures as are kept.
        return InterpretedSession.of(session)
                .adopt(table)
                .javaRDD()
                .treeAggregate(new FailureSummary(most), FailureSummary::plus, FailureSummary::plus);
    }

    private FailureSummary plus(FailureSummary other) {
        other.counts.forEach((condition, count) -> counts.merge(condition, count, Long::sum));
        other.first.forEach(this::addFirst);
        return this;
    }

    private FailureSummary plus(Row failure) {
        counts.merge(failure.getAs("condition"), 1L, Long::sum);
        addFirst(new FailedEntry(failure));
        return this;
    }

    private void addFirst(FailedEntry failure) {
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
        return List.copyOf(first);
    }

    /** One failure. Immutable. */
    public static final class FailedEntry implements Serializable {
        private static final long serialVersionUID = 1L;

        private final String archive;
        private final @Nullable String entry;
        private final @Nullable Integer index;
        private final String host;
        private final String condition;
        private final String reason;

        private FailedEntry(Row failure) {
            archive = PlainPath.of(failure.getAs("archive"));
            String name = failure.getAs("entry");
            entry = name == null ? null : shortened(name);
            index = failure.getAs("entry_index");
            host = failure.getAs("host");
            condition = failure.getAs("condition");
            reason = failure.<String>getAs("message")
                    .replace("[" + condition + "] ", "")
                    .replace("; archive: " + Printable.of(archive), "")
                    .replace("; entry: " + (name == null ? "" : Printable.of(name)), "");
        }

        private static String shortened(String name) {
            return name.length() <= MOST_NAME_CHARS
                    ? name
                    : name.substring(0, MOST_NAME_CHARS) + "… (" + name.length() + " characters)";
        }

        /** The archive as people write it. */
        public String archive() {
            return archive;
        }

        /** The entry, the begin of it if it is long; null if the whole archive failed. */
        public @Nullable String entry() {
            return entry;
        }

        /** The host that failed. */
        public String host() {
            return host;
        }

        public String condition() {
            return condition;
        }

        /** The message without condition, archive and entry. */
        public String reason() {
            return reason;
        }
    }
}
