package io.zipmap.tools;

import io.zipmap.OptionSpelling;
import io.zipmap.ZipmapException;
import io.zipmap.archive.ArchiveRef;
import io.zipmap.fs.Sources;
import io.zipmap.options.Option;
import io.zipmap.options.OptionValues;
import io.zipmap.plan.DriverThreads;
import io.zipmap.plan.EntryTally;
import io.zipmap.plan.ExtractSettings;
import io.zipmap.plan.Plan;
import io.zipmap.plan.Planner;
import io.zipmap.plan.Progress;
import io.zipmap.plan.StoreAccess;
import io.zipmap.plan.TaskPacking;
import io.zipmap.plan.Work;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.SerializableConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The command {@code inspect}: prints one line for each entry of the archives, without extracting them. Immutable. */
public final class InspectJob {
    private static final Logger LOG = LoggerFactory.getLogger(InspectJob.class);

    private static final int ARCHIVES_PER_TASK = 1000;
    private static final String STAGE = "inspect";

    private final ExtractSettings settings;
    private final List<String> inputs;
    private final boolean json;

    private InspectJob(ExtractSettings settings, List<String> inputs, boolean json) {
        this.settings = settings;
        this.inputs = inputs;
        this.json = json;
    }

    /** @throws ZipmapException {@code OPTION_INVALID} */
    public static InspectJob of(OptionValues values) throws ZipmapException {
        return new InspectJob(ExtractSettings.of(values), values.requiredInputs(), values.flag(Option.JSON));
    }

    /**
     * Inspects the archives in threads of this process, and prints the lines in the order of the archives' URIs.
     *
     * @return the number of archives and entries that failed; empty, with nothing printed, if a Spark application must
     *     inspect them
     * @throws ZipmapException {@code ENTRIES_UNMATCHED}; as {@link Planner#plan}
     */
    public OptionalLong printInThreads(PrintWriter out, Progress progress) throws IOException {
        Optional<DriverThreads> threads = DriverThreads.forReading(inputs);
        Optional<List<ArchiveRef>> archives =
                threads.isPresent() ? threads.get().list(inputs) : Optional.empty();
        if (archives.isEmpty()) {
            return OptionalLong.empty();
        }
        Sources sources = new Sources(threads.get().configuration());
        Printer printer = new Printer(out);
        threads.get()
                .forEach(progress, STAGE, archives.get(), ref -> Inspected.of(sources, settings, ref), printer::print);
        reportTally(printer.tally);
        return OptionalLong.of(printer.failures);
    }

    /** As {@link #printInThreads}, but inspects the archives in tasks of Spark. */
    public long print(SparkSession session, PrintWriter out, Progress progress) throws IOException {
        JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
        Broadcast<SerializableConfiguration> hadoop =
                spark.broadcast(new SerializableConfiguration(spark.hadoopConfiguration()));
        StoreAccess access = new StoreAccess(settings, session.sparkContext(), hadoop);
        spark.setCallSite(STAGE);
        progress.begin(STAGE, Work.UNKNOWN);
        try (Plan plan = new Planner(spark, hadoop).plan(inputs, settings.packBytes())) {
            CollectionAccumulator<EntryTally> tallies = spark.sc().collectionAccumulator("entries");
            JavaRDD<InspectRow> found = plan.archives()
                    .sortBy(ArchiveRef::uri, true, tasks(spark, plan))
                    .mapPartitions(new InspectTask(access, tallies))
                    .persist(StorageLevel.MEMORY_AND_DISK());
            try {
                progress.begin(STAGE, Work.ofArchives(plan.count()));
                // All tasks run now. The iterator then fetches one partition after the other.
                found.count();
                progress.end();
                Printer printer = new Printer(out);
                found.toLocalIterator().forEachRemaining(printer::print);
                reportTally(tallies.value().stream().reduce(EntryTally.NONE, EntryTally::plus));
                return printer.failures;
            } finally {
                found.unpersist(false);
            }
        } finally {
            progress.end();
            spark.clearCallSite();
        }
    }

    /** The number of tasks. The bytes of an archive do not matter: only its directory and headers are read. */
    private static int tasks(JavaSparkContext spark, Plan plan) {
        long most = Math.max(
                (long) spark.defaultParallelism() * TaskPacking.TASKS_PER_CORE, plan.count() / ARCHIVES_PER_TASK);
        return (int) Math.max(1, Math.min(most, plan.count()));
    }

    private void reportTally(EntryTally entries) throws ZipmapException {
        settings.entries().requireMatch(entries);
        entries.notes().forEach(note -> LOG.warn("{}", OptionSpelling.COMMAND_LINE.apply(note)));
    }

    /** The rows and the tally of one archive. */
    private record Inspected(List<InspectRow> rows, EntryTally tally) {
        static Inspected of(Sources sources, ExtractSettings settings, ArchiveRef archive) throws IOException {
            ArchiveInspection inspection = new ArchiveInspection(sources, settings);
            return new Inspected(inspection.rowsOf(archive), inspection.tally());
        }
    }

    /** Prints rows, and counts the failures. One thread. */
    private final class Printer {
        private final PrintWriter out;
        private long failures;
        private EntryTally tally = EntryTally.NONE;

        Printer(PrintWriter out) {
            this.out = out;
        }

        void print(Inspected inspected) {
            inspected.rows().forEach(this::print);
            tally = tally.plus(inspected.tally());
        }

        void print(InspectRow row) {
            failures += row.isFailure() ? 1 : 0;
            out.println(json ? row.toJson() : row.toText());
        }
    }
}
