package io.zipmap.job.stats;

import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.function.FlatMapFunction;

/** Sums over the slices of one or more map tasks, small enough for the driver. The statistics are not among them. */
final class SliceSummary implements Serializable {
    private static final long serialVersionUID = 1L;

    private final TreeMap<String, ReadCounts> readsByHost = new TreeMap<>();
    private final TreeMap<String, Long> bytesByHost = new TreeMap<>();
    private final ColumnTotals columns = new ColumnTotals();
    private boolean hasFailures;
    private boolean hasParts;

    private void add(SliceOutcome slice, boolean withColumns) {
        if (withColumns) {
            columns.add(slice);
        }
        slice.reads().ifPresent(read -> readsByHost.merge(slice.host(), read._2(), ReadCounts::plus));
        bytesByHost.merge(slice.host(), slice.bytes(), Long::sum);
        hasFailures |= slice.failure().isPresent();
        hasParts |= slice.isPart();
    }

    static SliceSummary merge(List<SliceSummary> tasks) {
        SliceSummary whole = new SliceSummary();
        for (SliceSummary task : tasks) {
            task.readsByHost.forEach((host, reads) -> whole.readsByHost.merge(host, reads, ReadCounts::plus));
            task.bytesByHost.forEach((host, bytes) -> whole.bytesByHost.merge(host, bytes, Long::sum));
            whole.columns.add(task.columns);
            whole.hasFailures |= task.hasFailures;
            whole.hasParts |= task.hasParts;
        }
        return whole;
    }

    /** Sorted by host name. */
    Map<String, ReadCounts> readsByHost() {
        return readsByHost;
    }

    /** Bytes of the elements that were read, sorted by host name. */
    Map<String, Long> bytesByHost() {
        return bytesByHost;
    }

    /** The statistics of columns over the slices; empty if they were not asked for. */
    ColumnTotals columns() {
        return columns;
    }

    boolean hasFailures() {
        return hasFailures;
    }

    /** Whether the statistics of an array are in several slices. */
    boolean hasParts() {
        return hasParts;
    }

    /** Sums the slices of one partition on the executor. */
    static final class Task implements FlatMapFunction<Iterator<SliceOutcome>, SliceSummary> {
        private static final long serialVersionUID = 1L;

        private final boolean withColumns;

        Task(boolean withColumns) {
            this.withColumns = withColumns;
        }

        @Override
        public Iterator<SliceSummary> call(Iterator<SliceOutcome> slices) {
            SliceSummary summary = new SliceSummary();
            slices.forEachRemaining(slice -> summary.add(slice, withColumns));
            return List.of(summary).iterator();
        }
    }
}
