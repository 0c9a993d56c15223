package io.zipmap.sql;

import io.zipmap.store.HeldArray;
import org.apache.spark.sql.connector.metric.CustomTaskMetric;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of one task of a scan, named as in {@link ScanTotals}. Spark reads them after every batch, so
 * {@link #values} returns the counters themselves. Not thread-safe.
 */
final class ScanMetrics {
    private final boolean onPreferredHost;
    private final Counter mapped = new Counter(ScanTotals.BytesMapped.NAME);
    private final Counter extracted = new Counter(ScanTotals.BytesExtracted.NAME);
    private final Counter reused = new Counter(ScanTotals.FilesReused.NAME);
    private final Counter local = new Counter(ScanTotals.LocalArrays.NAME);
    private final Counter opened = new Counter(ScanTotals.ArraysOpened.NAME);
    private final Counter healed = new Counter(ScanTotals.ArraysHealed.NAME);
    private final Counter leftOut = new Counter(ScanTotals.ArraysLeftOut.NAME);
    private final Counter batches = new Counter(ScanTotals.Batches.NAME);
    private final Counter aggregated = new Counter(ScanTotals.SlicesAggregated.NAME);
    private final Counter skipped = new Counter(ScanTotals.BlocksSkipped.NAME);
    private final CustomTaskMetric[] all = {
        mapped, extracted, reused, local, opened, healed, leftOut, batches, aggregated, skipped
    };
    private long mappedBefore;
    private long extractedBefore;
    private long healedBefore;

    /** @param onPreferredHost whether the task runs on the host that the plan prefers */
    ScanMetrics(boolean onPreferredHost) {
        this.onPreferredHost = onPreferredHost;
    }

    private static final class Counter implements CustomTaskMetric {
        private final String name;
        private long value;

        Counter(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public long value() {
            return value;
        }
    }

    void arrayOpened(@Nullable HeldArray array) {
        if (array != null) {
            opened.value++;
            local.value += onPreferredHost ? 1 : 0;
            reused.value += array.reused() ? 1 : 0;
        }
    }

    /** Counts an array that is opened for its file alone, and closed then. */
    void fileKept(HeldArray array) {
        arrayOpened(array);
        update(array);
        arrayClosed();
    }

    void batchRead(@Nullable HeldArray array) {
        batches.value++;
        update(array);
    }

    void sliceAggregated(@Nullable HeldArray array) {
        aggregated.value++;
        update(array);
    }

    /** @param blocks number of blocks in which no row can match the filter, according to the zone map */
    void blocksSkipped(HeldArray array, int blocks) {
        skipped.value += blocks;
        update(array);
    }

    private void update(@Nullable HeldArray array) {
        if (array != null) {
            mapped.value = mappedBefore + array.mappedBytes();
            extracted.value = extractedBefore + array.extractedBytes();
            healed.value = healedBefore + array.heals();
        }
    }

    /** Ends the counts of the open array: the next one starts at 0. */
    void arrayClosed() {
        mappedBefore = mapped.value;
        extractedBefore = extracted.value;
        healedBefore = healed.value;
    }

    void arrayLeftOut() {
        leftOut.value++;
    }

    CustomTaskMetric[] values() {
        return all;
    }
}
