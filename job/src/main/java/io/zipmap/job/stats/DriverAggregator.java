package io.zipmap.job.stats;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.job.extract.ArrayRecords;
import io.zipmap.job.extract.PipelineSettings;
import io.zipmap.job.extract.SliceRules;
import io.zipmap.plan.StoreAccess;
import io.zipmap.store.ArrayRecord;
import io.zipmap.store.ArrayStore;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.StorageLevel;
import org.jspecify.annotations.Nullable;

/**
 * Aggregates the arrays in the threads of the driver. The driver fetches the records one partition at a time, maps
 * their files, and moves the statistics to Spark's block store in batches, so its heap stays flat. All files must be on
 * the driver's host.
 */
public final class DriverAggregator {
    /** Columns of statistics on the driver's heap before a batch goes to the block store: about ten megabytes. */
    private static final long BATCH_COLUMNS = 100_000;

    private final JavaSparkContext spark;
    private final PipelineSettings settings;
    private final SliceRules slicing;
    private final StoreAccess access;
    private final @Nullable RowSample sample;
    private final List<JavaRDD<SliceOutcome>> batches = new ArrayList<>();

    /**
     * @param slicing which arrays are read
     * @param sample as of {@link Aggregation#onExecutors}
     */
    public DriverAggregator(
            JavaSparkContext spark,
            PipelineSettings settings,
            SliceRules slicing,
            StoreAccess access,
            @Nullable RowSample sample) {
        this.spark = spark;
        this.settings = settings;
        this.slicing = slicing;
        this.access = access;
        this.sample = sample;
    }

    /** @throws ZipmapException {@code FILES_ELSEWHERE} if an array is on another host */
    public Aggregation aggregate(ArrayRecords records) throws IOException {
        ExecutorService workers =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        try {
            ArrayStore store = access.store();
            Iterator<ArrayRecord> all = records.rdd().toLocalIterator();
            List<Future<SliceOutcome>> batch = new ArrayList<>();
            long columns = 0;
            while (all.hasNext()) {
                ArrayRecord record = all.next();
                requireLocal(record);
                SliceCutter slices = new SliceCutter(record, slicing);
                while (slices.hasNext()) {
                    Slice slice = slices.next();
                    batch.add(workers.submit(() -> SliceStatsTask.aggregate(store, slice, settings, sample)));
                    columns += slice.columns();
                    if (columns >= BATCH_COLUMNS) {
                        storeBatch(batch);
                        columns = 0;
                    }
                }
            }
            storeBatch(batch);
        } finally {
            workers.shutdownNow();
        }
        return Aggregation.persisted(records, slicing, union(), sample != null);
    }

    /** The local checkpoint cuts the lineage: the batch is then in the block store only, and not on the heap. */
    private void storeBatch(List<Future<SliceOutcome>> batch) throws IOException {
        List<SliceOutcome> outcomes = new ArrayList<>(batch.size());
        for (Future<SliceOutcome> future : batch) {
            outcomes.add(result(future));
        }
        batch.clear();
        JavaRDD<SliceOutcome> stored = spark.parallelize(outcomes, 1).persist(StorageLevel.DISK_ONLY());
        stored.rdd().localCheckpoint();
        stored.count();
        batches.add(stored);
    }

    @SuppressWarnings("unchecked")
    private JavaRDD<SliceOutcome> union() {
        return spark.union(batches.toArray(new JavaRDD[0]));
    }

    private static SliceOutcome result(Future<SliceOutcome> future) throws IOException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException) {
                throw (IOException) e.getCause();
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while aggregating on the driver");
        }
    }

    private static void requireLocal(ArrayRecord record) throws IOException {
        InetAddress address = InetAddress.getByName(record.host());
        if (!address.isLoopbackAddress() && NetworkInterface.getByInetAddress(address) == null) {
            throw new ZipmapException(
                            Condition.FILES_ELSEWHERE, "Cannot aggregate on the driver: the files are on other hosts")
                    .archive(record.archive().uri())
                    .entry(record.entry())
                    .expected("files on " + StoreAccess.host())
                    .actual("a file on " + record.host())
                    .advice("Use --aggregate-on executors, or run with --master local[*].");
        }
    }
}
