package io.zipmap.job.stats;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.job.extract.ArrayRecords;
import io.zipmap.job.extract.TaskNode;
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

/**
 * Aggregates on the driver: records come over a partition at a time, their files are mapped here, and the results go
 * back to Spark's block store in batches, so the driver's heap stays flat. Only for files on the driver's own host.
 */
public final class DriverAggregation {
    /** Columns whose statistics are held here before they go to the block store: some ten megabytes. */
    private static final long BATCH_COLUMNS = 100_000;

    private final JavaSparkContext spark;
    private final TaskNode node;
    private final List<JavaRDD<SliceOutcome>> batches = new ArrayList<>();

    public DriverAggregation(JavaSparkContext spark, TaskNode node) {
        this.spark = spark;
        this.node = node;
    }

    /** @throws ZipmapException {@code FILES_ELSEWHERE} when an array lies on another host */
    public Aggregation aggregate(ArrayRecords records) throws IOException {
        ExecutorService workers =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        try {
            ArrayStore store = node.store();
            Iterator<ArrayRecord> all = records.rdd().toLocalIterator();
            List<Future<SliceOutcome>> batch = new ArrayList<>();
            long columns = 0;
            while (all.hasNext()) {
                ArrayRecord record = all.next();
                requireHere(record);
                SliceCutter slices = new SliceCutter(record, node.settings().slicing());
                while (slices.hasNext()) {
                    Slice slice = slices.next();
                    batch.add(workers.submit(() -> SliceStatsTask.aggregate(store, slice, node.settings())));
                    columns += slice.tile().columns();
                    if (columns >= BATCH_COLUMNS) {
                        keep(batch);
                        columns = 0;
                    }
                }
            }
            keep(batch);
        } finally {
            workers.shutdownNow();
        }
        return Aggregation.of(records, union());
    }

    /** Cut off from its lineage, a batch is in the block store alone, and no longer on the driver's heap. */
    private void keep(List<Future<SliceOutcome>> batch) throws IOException {
        List<SliceOutcome> done = new ArrayList<>(batch.size());
        for (Future<SliceOutcome> future : batch) {
            done.add(result(future));
        }
        batch.clear();
        JavaRDD<SliceOutcome> kept = spark.parallelize(done, 1).persist(StorageLevel.DISK_ONLY());
        kept.rdd().localCheckpoint();
        kept.count();
        batches.add(kept);
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

    private static void requireHere(ArrayRecord record) throws IOException {
        InetAddress address = InetAddress.getByName(record.host());
        if (!address.isLoopbackAddress() && NetworkInterface.getByInetAddress(address) == null) {
            throw new ZipmapException(
                            Condition.FILES_ELSEWHERE, "Cannot aggregate on the driver: the files are on other hosts")
                    .archive(record.archive().uri())
                    .entry(record.entry())
                    .expected("files on " + TaskNode.host())
                    .actual("a file on " + record.host())
                    .advice("Use --aggregate-on executors, or run with --master local[*].");
        }
    }
}
