package io.zipmap.tools;

import io.zipmap.ZipmapException;
import io.zipmap.options.Option;
import io.zipmap.options.OptionValues;
import io.zipmap.plan.EntryTally;
import io.zipmap.plan.ExtractSettings;
import io.zipmap.plan.Plan;
import io.zipmap.plan.Planner;
import io.zipmap.plan.StoreAccess;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.SerializableConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The command {@code inspect}: prints one line for each entry of the archives, without extracting them. Immutable. */
public final class InspectJob {
    private static final Logger LOG = LoggerFactory.getLogger(InspectJob.class);

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
     * Inspects all archives in a Spark job, and prints the lines as the partitions arrive.
     *
     * @return the number of archives and entries that failed
     * @throws ZipmapException {@code ENTRIES_UNMATCHED}; as {@link Planner#plan}
     */
    public long print(SparkSession session, PrintWriter out) throws IOException {
        JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
        Broadcast<SerializableConfiguration> hadoop =
                spark.broadcast(new SerializableConfiguration(spark.hadoopConfiguration()));
        StoreAccess access = new StoreAccess(settings, session.sparkContext(), hadoop);
        try (Plan plan = new Planner(spark, hadoop).plan(inputs, settings.packBytes())) {
            CollectionAccumulator<EntryTally> tallies = spark.sc().collectionAccumulator("entries");
            JavaRDD<Row> found = plan.archives().mapPartitions(new InspectTask(access, tallies));
            long failures = json
                    ? printJson(session.createDataFrame(found, InspectRow.SCHEMA), out)
                    : printText(found.toLocalIterator(), out);
            EntryTally entries = tallies.value().stream().reduce(EntryTally.NONE, EntryTally::plus);
            settings.entries().requireMatch(entries);
            entries.notes().forEach(note -> LOG.warn("{}", note));
            return failures;
        }
    }

    private static long printJson(Dataset<Row> found, PrintWriter out) {
        long failures = 0;
        Iterator<String> lines = found.toJSON().toLocalIterator();
        while (lines.hasNext()) {
            String line = lines.next();
            failures += line.contains("\"condition\":") ? 1 : 0;
            out.println(line);
        }
        return failures;
    }

    private static long printText(Iterator<Row> found, PrintWriter out) {
        long failures = 0;
        while (found.hasNext()) {
            Row row = found.next();
            failures += InspectRow.isFailure(row) ? 1 : 0;
            out.println(InspectRow.toLine(row));
        }
        return failures;
    }
}
