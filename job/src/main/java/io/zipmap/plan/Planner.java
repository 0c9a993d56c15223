package io.zipmap.plan;

import io.zipmap.Condition;
import io.zipmap.ErrorDetails;
import io.zipmap.ZipmapException;
import io.zipmap.archive.ArchiveRef;
import io.zipmap.fs.HadoopPaths;
import io.zipmap.fs.Inputs;
import io.zipmap.fs.ListingRoot;
import io.zipmap.fs.ListingRules;
import io.zipmap.options.Option;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapred.JobConf;
import org.apache.spark.ShuffleDependency;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.rdd.ShuffledRDD;
import org.apache.spark.serializer.JavaSerializer;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.SerializableConfiguration;
import scala.concurrent.Await;
import scala.concurrent.duration.Duration;

/**
 * Plans the extract stage: lists the inputs, removes duplicate archives, and packs the archives into tasks. Tasks list
 * the folders. The driver receives one {@link ListingSummary} per listing task, so its memory grows with the number of
 * tasks and not of archives.
 */
public final class Planner {
    /** First character of an input that names a file of inputs. */
    public static final String LIST = "@";

    private final JavaSparkContext spark;
    private final Broadcast<SerializableConfiguration> hadoop;
    private final ListingRules rules;

    public Planner(JavaSparkContext spark, Broadcast<SerializableConfiguration> hadoop) {
        this(spark, hadoop, ListingRules.PLAIN);
    }

    public Planner(JavaSparkContext spark, Broadcast<SerializableConfiguration> hadoop, ListingRules rules) {
        this.spark = spark;
        this.hadoop = hadoop;
        this.rules = rules;
    }

    /** Selects the archives to process from the archives of the listing. */
    @FunctionalInterface
    public interface ArchiveChoice {
        /**
         * @param listed each archive once
         * @return some of them; computed again on demand, with the same result
         */
        JavaRDD<ArchiveRef> choose(JavaRDD<ArchiveRef> listed) throws IOException;
    }

    /**
     * Plans all archives of the inputs. The caller closes the plan.
     *
     * @param inputs files, folders, globs, and {@code @FILE}, a file with one of these per line
     * @param packBytes most bytes of archives per task
     * @throws ZipmapException {@code INPUT_MISSING}, {@code INPUT_EMPTY}, {@code INPUT_UNREADABLE}
     */
    public Plan plan(List<String> inputs, long packBytes) throws IOException {
        return plan(list(inputs), packBytes);
    }

    /**
     * Plans all archives of a listing, which the plan closes, or this method if it throws; otherwise as
     * {@link #plan(List, long)}.
     */
    public Plan plan(Listing listing, long packBytes) throws IOException {
        return pack(listing, listing, packBytes);
    }

    /**
     * Lists all archives of the inputs. The caller closes the listing; throws what {@link #plan(List, long)} throws.
     */
    public Listing list(List<String> inputs) throws IOException {
        return persist(find(inputs));
    }

    /** Plans only the archives that {@code choice} selects; otherwise as {@link #plan(List, long)}. */
    public Plan planChosen(List<String> inputs, long packBytes, ArchiveChoice choice) throws IOException {
        Listing listing = list(inputs);
        Listing chosen = null;
        try {
            chosen = persist(choice.choose(listing.archives()).map(ListingEntry::ofArchive));
        } finally {
            if (chosen == null) {
                listing.close();
            }
        }
        return pack(listing, chosen, packBytes);
    }

    /** Merges the entries of equal keys, sorts each partition by key, and persists the result. */
    private Listing persist(JavaRDD<ListingEntry> found) throws ZipmapException {
        int partitions = Math.min(found.getNumPartitions(), spark.defaultParallelism());
        JavaRDD<ListingBlock> persisted = serializedByJava(found.mapPartitionsToPair(new ListingSplit(partitions))
                        .partitionBy(new TaskAssignment.ByNumber(partitions)))
                .values()
                .mapPartitions(new ListingMerge())
                .persist(StorageLevel.MEMORY_AND_DISK_SER());
        boolean complete = false;
        try {
            List<ListingSummary> parts = persisted
                    .flatMap(ListingBlock::entries)
                    .mapPartitions(new ListingSummary.Sum())
                    .collect();
            Optional<ErrorDetails> error =
                    parts.stream().flatMap(part -> part.error().stream()).findFirst();
            if (error.isPresent()) {
                throw error.get().toException();
            }
            complete = true;
            return new Listing(persisted, parts);
        } finally {
            if (!complete) {
                persisted.unpersist(false);
            }
        }
    }

    private Plan pack(Listing listing, Listing chosen, long packBytes) throws IOException {
        Plan plan = null;
        try {
            plan = planOf(listing, chosen, packBytes);
            return plan;
        } finally {
            if (plan == null) {
                Plan.close(listing, chosen);
            }
        }
    }

    private Plan planOf(Listing listing, Listing chosen, long packBytes) throws IOException {
        List<ListingSummary> parts = chosen.parts();
        long weight = parts.stream().mapToLong(ListingSummary::weight).sum();
        long capacity = TaskPacking.capacity(packBytes, weight, spark.defaultParallelism());
        int[] firstTasks = firstTasks(chosen.entries(), parts, capacity);
        int tasks = firstTasks[parts.size()];
        List<ListingSummary> sums = parts.stream().map(ListingSummary::sums).toList();
        JavaPairRDD<Integer, ListingBlock> assigned = serializedByJava(JavaPairRDD.fromJavaRDD(chosen.entries()
                        .mapPartitionsWithIndex(new TaskAssignment(new ArrayList<>(sums), firstTasks, capacity), true))
                .partitionBy(new TaskAssignment.ByNumber(tasks)));
        shuffleNow(assigned);
        return new Plan(
                new SpreadArchives(assigned.values()
                                .flatMap(ListingBlock::archives)
                                .rdd())
                        .toJavaRDD(),
                listing,
                chosen,
                parts.stream().mapToLong(ListingSummary::archives).sum(),
                parts.stream().mapToLong(ListingSummary::bytes).sum());
    }

    /**
     * Lets Java serialise the blocks of a shuffle, which are few and mostly bytes. Kryo would be set up again in each
     * task that reads them, which takes some milliseconds.
     */
    private JavaPairRDD<Integer, ListingBlock> serializedByJava(JavaPairRDD<Integer, ListingBlock> shuffled) {
        ((ShuffledRDD<?, ?, ?>) shuffled.rdd()).setSerializer(new JavaSerializer(spark.getConf()));
        return shuffled;
    }

    /** Runs the shuffle as part of the plan stage and not of the extract stage, and reads nothing of it. */
    private void shuffleNow(JavaPairRDD<Integer, ListingBlock> assigned) throws IOException {
        ShuffleDependency<?, ?, ?> shuffle =
                (ShuffleDependency<?, ?, ?>) assigned.rdd().dependencies().head();
        if (shuffle.rdd().getNumPartitions() == 0) {
            return;
        }
        try {
            Await.result(spark.sc().submitMapStage(shuffle), Duration.Inf());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while planning");
        } catch (TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    private JavaRDD<ListingEntry> find(List<String> inputs) throws IOException {
        ListingTask task = new ListingTask(hadoop, rules);
        List<ListingRoot> roots = new ArrayList<>();
        JavaRDD<ListingEntry> listed = null;
        for (String input : inputs) {
            if (input.startsWith(LIST)) {
                JavaRDD<ListingEntry> lines = lines(input.substring(LIST.length()))
                        .flatMap(new ListingTask.OfLine(task, input))
                        .union(spark.parallelize(List.of(ListingEntry.empty(input)), 1));
                listed = listed == null ? lines : listed.union(lines);
            } else {
                roots.addAll(new Inputs(hadoop.value().value(), rules).roots(input));
            }
        }
        if (!roots.isEmpty()) {
            int most = spark.defaultParallelism() * TaskPacking.TASKS_PER_CORE;
            List<ListingRoot> spread = roots.size() < most ? split(roots) : roots;
            JavaRDD<ListingEntry> listedRoots =
                    spark.parallelize(spread, Math.min(spread.size(), most)).flatMap(task);
            listed = listed == null ? listedRoots : listed.union(listedRoots);
        }
        if (listed == null) {
            throw new ZipmapException(
                    Condition.INPUT_MISSING, "Cannot run without an input: give " + Option.INPUT.mention());
        }
        return listed;
    }

    /** Few folders, each listed by one task, would leave cores without work. */
    private List<ListingRoot> split(List<ListingRoot> roots) {
        Inputs inputs = new Inputs(hadoop.value().value(), rules);
        return roots.stream().flatMap(root -> inputs.split(root).stream()).toList();
    }

    /**
     * The lines of a file of inputs. Spark's own {@code textFile} would take a comma in the file name for a separator,
     * and a bracket for a glob.
     */
    private JavaRDD<String> lines(String list) throws IOException {
        Configuration configuration = hadoop.value().value();
        ListingRoot file = new Inputs(configuration).file(list);
        JobConf job = new JobConf(configuration);
        ListFileFormat.set(job, HadoopPaths.ofInput(list));
        return spark.hadoopRDD(job, ListFileFormat.class, LongWritable.class, Text.class, spark.defaultParallelism())
                .map(line -> line._2().toString().trim())
                .filter(ListFileFormat::isInput)
                .setName(file.input());
    }

    /** The number of the first task of each listing partition, and as last element the number of all tasks. */
    private static int[] firstTasks(JavaRDD<ListingEntry> listing, List<ListingSummary> parts, long capacity) {
        List<Integer> counts = parts.stream().allMatch(ListingSummary::isSmall)
                ? parts.stream().map(part -> part.tasks(capacity)).toList()
                : listing.mapPartitions(new TaskAssignment.CountTasks(capacity)).collect();
        int[] first = new int[counts.size() + 1];
        for (int i = 0; i < counts.size(); i++) {
            first[i + 1] = first[i] + counts.get(i);
        }
        return first;
    }
}
