package io.zipmap.job.stats;

import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.function.FlatMapFunction;

/** What the driver keeps of map tasks: sums by host, never the statistics. */
final class MapSummary implements Serializable {
    private static final long serialVersionUID = 1L;

    private final TreeMap<String, ReadCounts> reads = new TreeMap<>();
    private boolean failed;

    private void add(SliceOutcome slice) {
        slice.reads().ifPresent(read -> reads.merge(slice.host(), read._2(), ReadCounts::plus));
        failed |= slice.failure().isPresent();
    }

    static MapSummary merge(List<MapSummary> parts) {
        MapSummary whole = new MapSummary();
        for (MapSummary part : parts) {
            part.reads.forEach((host, read) -> whole.reads.merge(host, read, ReadCounts::plus));
            whole.failed |= part.failed;
        }
        return whole;
    }

    /** By host, in the order of their names. */
    Map<String, ReadCounts> reads() {
        return reads;
    }

    boolean failed() {
        return failed;
    }

    /** Sums the slices of one task up, where they are. */
    public static final class Sum implements FlatMapFunction<Iterator<SliceOutcome>, MapSummary> {
        private static final long serialVersionUID = 1L;

        @Override
        public Iterator<MapSummary> call(Iterator<SliceOutcome> slices) {
            MapSummary part = new MapSummary();
            slices.forEachRemaining(part::add);
            return List.of(part).iterator();
        }
    }
}
