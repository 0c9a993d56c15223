package io.zipmap.job;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import java.io.IOException;
import org.apache.hadoop.fs.Path;
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
     * @throws ZipmapException {@code INPUT_MISSING} when one of them is not there
     */
    public void register(SparkSession session) throws IOException {
        for (String name : Tables.NAMES) {
            Path path = new Path(folder, name);
            if (!path.getFileSystem(session.sparkContext().hadoopConfiguration())
                    .exists(path)) {
                throw new ZipmapException(Condition.INPUT_MISSING, "Cannot find a table of a former run: " + path)
                        .advice("Give the --output of a finished run.");
            }
            table(session, name, path).createOrReplaceTempView(name);
        }
    }

    private Dataset<Row> table(SparkSession session, String name, Path path) {
        return TextTables.holds(format)
                ? TextTables.read(session, format, name, path.toString())
                : session.read().format(format).load(path.toString());
    }
}
