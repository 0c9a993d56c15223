package io.zipmap.job;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.plan.RunOutput;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/** The tables that a former run published. */
public final class FormerRun {
    static final String DEFAULT_FORMAT = "parquet";

    private final SparkSession session;
    private final RunOutput output;
    private final String format;

    private FormerRun(SparkSession session, RunOutput output, String format) {
        this.session = session;
        this.output = output;
        this.format = format;
    }

    /**
     * The former run that the inputs are; empty when they are archives.
     *
     * @param format of its tables, where they do not say it themselves
     * @throws ZipmapException {@code OPTION_INVALID} when there is more beside it; {@code INPUT_MISSING},
     *     {@code INPUT_UNREADABLE}
     */
    public static Optional<FormerRun> among(SparkSession session, List<String> inputs, String format)
            throws IOException {
        return RunOutput.among(session.sparkContext().hadoopConfiguration(), inputs)
                .map(output -> new FormerRun(session, output, format));
    }

    /** @throws ZipmapException {@code INPUT_MISSING} when a table is not there */
    static FormerRun at(SparkSession session, String folder, String format) throws IOException {
        Path path = new Path(folder);
        RunOutput output = RunOutput.at(session.sparkContext().hadoopConfiguration(), path)
                .orElseThrow(() -> new ZipmapException(
                                Condition.INPUT_MISSING, "Cannot find all tables of a former run: " + path)
                        .expected("the folders " + String.join(", ", Tables.NAMES))
                        .advice("Give the --output of a finished run."));
        return new FormerRun(session, output, format);
    }

    /**
     * Makes the tables temporary views.
     *
     * @throws ZipmapException {@code INPUT_UNREADABLE} when one of them is not in this format
     */
    public void register() throws IOException {
        for (String name : Tables.NAMES) {
            FormerTables.read(session, output, name, format).createOrReplaceTempView(name);
        }
    }
}
