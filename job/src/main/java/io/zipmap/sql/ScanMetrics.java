package io.zipmap.sql;

import io.zipmap.store.HeldArray;
import org.apache.spark.sql.connector.metric.CustomTaskMetric;
import org.jspecify.annotations.Nullable;

/** What one task has done so far. Spark asks after every batch, so the values are read where they are counted. */
final class ScanMetrics {
    private final boolean onItsHost;
    private final Count mapped = new Count(ScanTotals.BytesMapped.NAME);
    private final Count extracted = new Count(ScanTotals.BytesExtracted.NAME);
    private final Count reused = new Count(ScanTotals.FilesReused.NAME);
    private final Count local = new Count(ScanTotals.LocalArrays.NAME);
    private final Count opened = new Count(ScanTotals.ArraysOpened.NAME);
    private final Count healed = new Count(ScanTotals.ArraysHealed.NAME);
    private final Count leftOut = new Count(ScanTotals.ArraysLeftOut.NAME);
    private final Count batches = new Count(ScanTotals.Batches.NAME);
    private final Count aggregated = new Count(ScanTotals.SlicesAggregated.NAME);
    private final Count skipped = new Count(ScanTotals.BlocksSkipped.NAME);
    private final CustomTaskMetric[] all = {
        mapped, extracted, reused, local, opened, healed, leftOut, batches, aggregated, skipped
    };
    private long mappedBefore;
    private long extractedBefore;
    private long healedBefore;

    /** @param onItsHost whether the task runs where the plan wanted it */
    ScanMetrics(boolean onItsHost) {
        this.onItsHost = onItsHost;
    }

    private static final class Count implements CustomTaskMetric {
        private final String name;
        private long value;

        Count(String name) {
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

    void opened(@Nullable HeldArray array) {
        if (array != null) {
            opened.value++;
            local.value += onItsHost ? 1 : 0;
            reused.value += array.reused() ? 1 : 0;
        }
    }

    void read(@Nullable HeldArray array) {
        batches.value++;
        look(array);
    }

    void aggregated(@Nullable HeldArray array) {
        aggregated.value++;
        look(array);
    }

    /** @param blocks which zone maps say have no row that is wanted */
    void skipped(HeldArray array, int blocks) {
        skipped.value += blocks;
        look(array);
    }

    private void look(@Nullable HeldArray array) {
        if (array != null) {
            mapped.value = mappedBefore + array.mappedBytes();
            extracted.value = extractedBefore + array.extractedBytes();
            healed.value = healedBefore + array.heals();
        }
    }

    /** Whatever is open from now on is another array. */
    void closed() {
        mappedBefore = mapped.value;
        extractedBefore = extracted.value;
        healedBefore = healed.value;
    }

    void leftOut() {
        leftOut.value++;
    }

    CustomTaskMetric[] values() {
        return all;
    }
}
