package io.zipmap.job.stats;

import io.zipmap.ZipmapException;
import io.zipmap.job.extract.Failure;
import io.zipmap.job.extract.PipelineSettings;
import io.zipmap.plan.StoreAccess;
import io.zipmap.plan.TaskWork;
import io.zipmap.store.ArrayRecord;
import io.zipmap.store.ArrayStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.jspecify.annotations.Nullable;

/** The map stage: computes the statistics of each slice from the mapped array, which the store heals if necessary. */
final class SliceStatsTask implements FlatMapFunction<Iterator<Slice>, SliceOutcome> {
    private static final long serialVersionUID = 1L;

    private final PipelineSettings settings;
    private final StoreAccess access;
    private final @Nullable RowSample sample;

    /** @param sample which values are kept too; null for none */
    SliceStatsTask(PipelineSettings settings, StoreAccess access, @Nullable RowSample sample) {
        this.settings = settings;
        this.access = access;
        this.sample = sample;
    }

    @Override
    public Iterator<SliceOutcome> call(Iterator<Slice> slices) throws IOException {
        ArrayStore store = access.store();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return slices.hasNext();
            }

            @Override
            public SliceOutcome next() {
                Slice slice = slices.next();
                try {
                    SliceOutcome outcome = aggregate(store, slice, settings, sample);
                    TaskWork.add(0, slice.isFirst() ? 1 : 0, slice.bytes());
                    return outcome;
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        };
    }

    /** Also called by the driver, without a task. */
    static SliceOutcome aggregate(ArrayStore store, Slice slice, PipelineSettings settings, @Nullable RowSample sample)
            throws IOException {
        ArrayRecord record = slice.record();
        try {
            return store.read(
                    record,
                    (array, heals) -> SliceOutcome.aggregated(
                            slice,
                            slice.stats(array, settings.quantiles(), SliceStatsTask::isCancelled),
                            sample == null ? null : sample.read(slice, array),
                            heals));
        } catch (ZipmapException e) {
            ZipmapException error = e.archive(record.archive().uri()).entry(record.entry());
            if (!settings.quarantine().accepts(error)) {
                throw error;
            }
            return SliceOutcome.failed(
                    slice,
                    new Failure(
                            record.archive().uri(), record.entry(), record.entryIndex(), StoreAccess.host(), error));
        }
    }

    private static boolean isCancelled() {
        TaskContext context = TaskContext.get();
        return Thread.currentThread().isInterrupted() || context != null && context.isInterrupted();
    }
}
