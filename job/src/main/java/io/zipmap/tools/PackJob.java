package io.zipmap.tools;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.archive.ArchiveRef;
import io.zipmap.fs.HadoopPaths;
import io.zipmap.job.extract.PipelineSettings;
import io.zipmap.job.output.OutputFailure;
import io.zipmap.options.Option;
import io.zipmap.options.OptionValues;
import io.zipmap.plan.DriverThreads;
import io.zipmap.plan.Plan;
import io.zipmap.plan.Planner;
import io.zipmap.plan.Progress;
import io.zipmap.plan.Work;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.SerializableConfiguration;

/** The command {@code pack}: rewrites archives so that their entries can be mapped in place. Immutable. */
public final class PackJob {
    private static final String STAGE = "pack";

    private final PipelineSettings settings;
    private final List<String> inputs;
    private final String folder;
    private final boolean replace;
    private final ArchivePacker packer;

    private PackJob(OptionValues values) throws ZipmapException {
        settings = PipelineSettings.of(values);
        inputs = values.requiredInputs();
        folder = values.text(Option.OUTPUT).orElse("");
        replace = values.flag(Option.REPLACE);
        if (replace != folder.isEmpty()) {
            throw new ZipmapException(Condition.OPTION_INVALID, "Cannot decide where packed archives go")
                    .expected("either " + Option.OUTPUT.flag() + " or " + Option.REPLACE.flag())
                    .actual(replace ? "both" : "neither");
        }
        packer = new ArchivePacker(settings.rules().limits(), folder, replace, settings.failFast());
    }

    /** @throws ZipmapException {@code OPTION_INVALID} */
    public static PackJob of(OptionValues values) throws ZipmapException {
        return new PackJob(values);
    }

    /**
     * Packs all archives in threads of this process.
     *
     * @param err receives a line for each failure
     * @param notes receives a line with the counts
     * @return the number of archives that failed; none of them has a packed form. Empty, with nothing done, if a Spark
     *     application must pack them
     */
    public OptionalLong runInThreads(PrintWriter err, PrintWriter notes, Progress progress) throws IOException {
        List<String> paths = new ArrayList<>(inputs);
        if (!replace) {
            paths.add(folder);
        }
        Optional<DriverThreads> threads = DriverThreads.forWriting(paths);
        Optional<List<ArchiveRef>> archives =
                threads.isPresent() ? threads.get().list(inputs) : Optional.empty();
        if (archives.isEmpty()) {
            return OptionalLong.empty();
        }
        Configuration configuration = threads.get().configuration();
        for (String swept : targetFolders(configuration, archives.get())) {
            PackSweep.sweep(configuration, swept);
        }
        PackSummary summary = new PackSummary(err);
        return OutputFailure.naming(output(), () -> {
            threads.get()
                    .forEach(
                            progress,
                            STAGE,
                            archives.get(),
                            archive -> packer.pack(configuration, archive),
                            summary::add);
            return OptionalLong.of(summary.print(notes));
        });
    }

    private Set<String> targetFolders(Configuration configuration, List<ArchiveRef> archives) throws IOException {
        Set<String> folders = new TreeSet<>();
        if (!replace) {
            folders.add(outputFolder(configuration));
        }
        for (ArchiveRef archive : replace ? archives : List.<ArchiveRef>of()) {
            folders.add(PackTarget.folderOf(archive.uri()));
        }
        return folders;
    }

    private String outputFolder(Configuration configuration) throws IOException {
        return HadoopPaths.ofOutput(folder, configuration).toUri().toString();
    }

    /** The output for messages. */
    private String output() {
        return replace ? String.join(", ", inputs) : folder;
    }

    /** As {@link #runInThreads}, but packs each archive in a task of Spark. */
    public long run(SparkSession session, PrintWriter err, PrintWriter notes, Progress progress) throws IOException {
        JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
        Broadcast<SerializableConfiguration> hadoop =
                spark.broadcast(new SerializableConfiguration(spark.hadoopConfiguration()));
        spark.setCallSite(STAGE);
        progress.begin(STAGE, Work.UNKNOWN);
        try (Plan plan = new Planner(spark, hadoop).plan(inputs, settings.packBytes())) {
            sweep(plan, hadoop, spark.hadoopConfiguration());
            JavaRDD<PackOutcome> packed =
                    plan.archives().map(new PackTask(hadoop, packer)).persist(StorageLevel.MEMORY_AND_DISK());
            try {
                progress.begin(STAGE, new Work(plan.count(), 0, plan.bytes()));
                OutputFailure.naming(output(), packed::count);
                progress.end();
                PackSummary summary = new PackSummary(err);
                packed.toLocalIterator().forEachRemaining(summary::add);
                return summary.print(notes);
            } finally {
                packed.unpersist(false);
            }
        } finally {
            progress.end();
            spark.clearCallSite();
        }
    }

    /** Removes the files that dead processes left in the target folders. Each folder is swept once. */
    private void sweep(Plan plan, Broadcast<SerializableConfiguration> hadoop, Configuration configuration)
            throws IOException {
        PackSweep sweep = new PackSweep(hadoop);
        if (replace) {
            plan.archives()
                    .map(archive -> PackTarget.folderOf(archive.uri()))
                    .distinct()
                    .foreach(sweep);
        } else {
            sweep.call(outputFolder(configuration));
        }
    }
}
