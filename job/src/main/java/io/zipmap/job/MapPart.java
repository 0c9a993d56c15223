package io.zipmap.job;

import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.function.FlatMapFunction;

/** What the driver keeps of map tasks: sums by host, never the statistics. */
final class MapPart implements Serializable {
    private static final long serialVersionUID = 1L;

    private final TreeMap<String, Reads> reads = new TreeMap<>();
    private boolean failed;

    private void add(SliceOutcome slice) {
        slice.reads().ifPresent(read -> reads.merge(slice.host(), read._2(), Reads::plus));
        failed |= slice.failure().isPresent();
    }

    static MapPart merge(List<MapPart> parts) {
        MapPart whole = new MapPart();
        for (MapPart part : parts) {
            part.reads.forEach((host, read) -> whole.reads.merge(host, read, Reads::plus));
            whole.failed |= part.failed;
        }
        return whole;
    }

    /** By host, in the order of their names. */
    Map<String, Reads> reads() {
        return reads;
    }

    boolean failed() {
        return failed;
    }

    /** Sums the slices of one task up, where they are. */
    static final class Sum implements FlatMapFunction<Iterator<SliceOutcome>, MapPart> {
        private static final long serialVersionUID = 1L;

        @Override
        public Iterator<MapPart> call(Iterator<SliceOutcome> slices) {
            MapPart part = new MapPart();
            slices.forEachRemaining(part::add);
            return List.of(part).iterator();
        }
    }
}
