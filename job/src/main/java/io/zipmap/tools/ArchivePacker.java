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

/** Writes archives again so that their entries can be mapped in place, spread over the executors. */
public final class ArchivePacker {
    private final PipelineSettings settings;
    private final List<String> inputs;
    private final String folder;
    private final boolean replace;

    private ArchivePacker(OptionValues values) throws ZipmapException {
        settings = PipelineSettings.of(values);
        inputs = values.texts(Option.INPUT);
        folder = values.text(Option.OUTPUT).orElse("");
        replace = values.flag(Option.REPLACE);
        if (inputs.isEmpty()) {
            throw new ZipmapException(Condition.OPTION_INVALID, "Missing option: " + Option.INPUT.flag());
        }
        if (replace != folder.isEmpty()) {
            throw new ZipmapException(Condition.OPTION_INVALID, "Cannot tell where packed archives go")
                    .expected("either " + Option.OUTPUT.flag() + " or " + Option.REPLACE.flag())
                    .actual(replace ? "both" : "neither");
        }
    }

    /** @throws ZipmapException {@code OPTION_INVALID} */
    public static ArchivePacker of(OptionValues values) throws ZipmapException {
        return new ArchivePacker(values);
    }

    /**
     * Packs all, and prints a line for each that could not be, and one at the end.
     *
     * @return how many could not be packed; nothing was written of them
     */
    public long run(SparkSession session, PrintWriter out) throws IOException {
        JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
        Broadcast<SerializableConfiguration> hadoop =
                spark.broadcast(new SerializableConfiguration(spark.hadoopConfiguration()));
        PackTask task = new PackTask(hadoop, settings.rules().limits(), folder, replace, settings.failFast());
        try (Plan plan = new Planner(spark, hadoop).plan(inputs, settings.packBytes())) {
            sweep(plan, hadoop, spark.hadoopConfiguration());
            JavaRDD<PackOutcome> packed = plan.archives().map(task).persist(StorageLevel.MEMORY_AND_DISK());
            try {
                OutputFailure.naming(replace ? String.join(", ", inputs) : folder, packed::count);
                return print(packed.toLocalIterator(), out);
            } finally {
                packed.unpersist(false);
            }
        }
    }

    /** Each folder once, by one task. */
    private void sweep(Plan plan, Broadcast<SerializableConfiguration> hadoop, Configuration configuration)
            throws IOException {
        PackSweep parts = new PackSweep(hadoop);
        if (replace) {
            plan.archives()
                    .map(archive -> PackTarget.folder(archive.uri()))
                    .distinct()
                    .foreach(parts);
        } else {
            parts.call(HadoopPaths.ofOutput(folder, configuration).toUri().toString());
        }
    }

    private static long print(Iterator<PackOutcome> all, PrintWriter out) {
        long packed = 0;
        long left = 0;
        long failed = 0;
        while (all.hasNext()) {
            PackOutcome one = all.next();
            String failure = one.failure();
            if (failure != null) {
                out.println(failure);
                failed++;
            } else if (one.bytes() >= 0) {
                packed++;
            } else {
                left++;
            }
        }
        out.printf("%d archives packed, %d left as they are, %d failed%n", packed, left, failed);
        out.flush();
        return failed;
    }
}
