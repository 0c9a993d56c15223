package io.zipmap.sql;

import io.zipmap.plan.StoreAccess;
import io.zipmap.sql.pushdown.ArrayPartition;
import io.zipmap.store.HeldArray;
import java.util.List;
import org.apache.spark.sql.connector.metric.CustomTaskMetric;

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

    /** @param partition that the task reads, perhaps on the host that the plan prefers for it */
    ScanMetrics(ArrayPartition partition) {
        onPreferredHost = partition.host() == null || partition.host().equals(StoreAccess.host());
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

    void arrayOpened(HeldArray array) {
        opened.value++;
        local.value += onPreferredHost ? 1 : 0;
        reused.value += array.reused() ? 1 : 0;
    }

    /** Counts an array that is opened for its file alone, and closed then. */
    void fileKept(HeldArray array) {
        arrayOpened(array);
        update(List.of(array));
        groupClosed();
    }

    void batchRead(HeldGroup held) {
        batches.value++;
        update(held.opened());
    }

    void sliceAggregated(HeldGroup held) {
        aggregated.value++;
        update(held.opened());
    }

    /** @param blocks number of blocks in which no row can match the filter, according to the zone map */
    void blocksSkipped(HeldGroup held, int blocks) {
        skipped.value += blocks;
        update(held.opened());
    }

    private void update(List<HeldArray> arrays) {
        mapped.value = mappedBefore;
        extracted.value = extractedBefore;
        healed.value = healedBefore;
        for (int i = 0; i < arrays.size(); i++) {
            HeldArray array = arrays.get(i);
            mapped.value += array.mappedBytes();
            extracted.value += array.extractedBytes();
            healed.value += array.heals();
        }
    }

    /** Ends the counts of the open arrays: the next ones start at 0. */
    void groupClosed() {
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
