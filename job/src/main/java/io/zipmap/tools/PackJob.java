package io.zipmap.tools;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.fs.HadoopPaths;
import io.zipmap.job.extract.PipelineSettings;
import io.zipmap.job.output.OutputFailure;
import io.zipmap.options.Option;
import io.zipmap.options.OptionValues;
import io.zipmap.plan.Plan;
import io.zipmap.plan.Planner;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.SerializableConfiguration;

/**
 * The command {@code pack}: rewrites archives, as tasks on the executors, so that their entries can be mapped in place.
 * Immutable.
 */
public final class PackJob {
    private final PipelineSettings settings;
    private final List<String> inputs;
    private final String folder;
    private final boolean replace;

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
    }

    /** @throws ZipmapException {@code OPTION_INVALID} */
    public static PackJob of(OptionValues values) throws ZipmapException {
        return new PackJob(values);
    }

    /**
     * Packs all archives. Prints one line for each failure, and one line with the counts.
     *
     * @return the number of archives that failed; none of them has a packed form
     */
    public long run(SparkSession session, PrintWriter err) throws IOException {
        JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
        Broadcast<SerializableConfiguration> hadoop =
                spark.broadcast(new SerializableConfiguration(spark.hadoopConfiguration()));
        PackTask task = new PackTask(hadoop, settings.rules().limits(), folder, replace, settings.failFast());
        try (Plan plan = new Planner(spark, hadoop).plan(inputs, settings.packBytes())) {
            sweep(plan, hadoop, spark.hadoopConfiguration());
            JavaRDD<PackOutcome> packed = plan.archives().map(task).persist(StorageLevel.MEMORY_AND_DISK());
            try {
                OutputFailure.naming(replace ? String.join(", ", inputs) : folder, packed::count);
                return print(packed.toLocalIterator(), err);
            } finally {
                packed.unpersist(false);
            }
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
            sweep.call(HadoopPaths.ofOutput(folder, configuration).toUri().toString());
        }
    }

    private static long print(Iterator<PackOutcome> outcomes, PrintWriter err) {
        long packed = 0;
        long left = 0;
        long failed = 0;
        while (outcomes.hasNext()) {
            PackOutcome outcome = outcomes.next();
            String failure = outcome.failure();
            if (failure != null) {
                err.println(failure);
                failed++;
            } else if (outcome.isPacked()) {
                packed++;
            } else {
                left++;
            }
        }
        err.printf("%d archives packed, %d left as they are, %d failed%n", packed, left, failed);
        err.flush();
        return failed;
    }
}
