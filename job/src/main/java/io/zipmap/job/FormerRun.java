package io.zipmap.job;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import java.io.IOException;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The tables that a former run published. */
public final class FormerRun {
    private final String folder;
    private final String format;

    /** @param format that the run was told to write */
    public FormerRun(String folder, String format) {
        this.folder = folder;
        this.format = format;
    }

    /**
     * Makes the tables temporary views.
     *
     * @throws ZipmapException {@code INPUT_MISSING} when one of them is not there, {@code INPUT_UNREADABLE} when it is
     *     not in this format
     */
    public void register(SparkSession session) throws IOException {
        for (String name : Tables.NAMES) {
            Path path = new Path(folder, name);
            if (!path.getFileSystem(session.sparkContext().hadoopConfiguration())
                    .exists(path)) {
                throw new ZipmapException(Condition.INPUT_MISSING, "Cannot find a table of a former run: " + path)
                        .advice("Give the --output of a finished run.");
            }
        }
        for (String name : Tables.NAMES) {
            Path path = new Path(folder, name);
            try {
                table(session, name, path).createOrReplaceTempView(name);
            } catch (AnalysisException e) {
                throw new ZipmapException(Condition.INPUT_UNREADABLE, "Cannot read a table as " + format + ": " + path)
                        .advice("Give the --table-format that the run was told to write.")
                        .because(e);
            }
        }
    }

    /** Spark's reader does not declare what it throws. */
    private Dataset<Row> table(SparkSession session, String name, Path path) throws AnalysisException {
        return TextTables.holds(format)
                ? TextTables.read(session, format, name, path.toString())
                : session.read().format(format).load(path.toString());
    }
}
