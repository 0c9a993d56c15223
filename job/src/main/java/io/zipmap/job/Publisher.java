package io.zipmap.job;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.plan.RunOutput;
import io.zipmap.plan.TextTables;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.datasources.DataSource;
import org.apache.spark.sql.internal.SQLConf;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes tables beside their place and brings all of them there by one rename, so that a reader finds all or nothing. */
final class Publisher {
    private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);
    private static final String PART = "part";
    private static final String FORMER = "former";

    private final SparkSession session;
    private final String format;

    Publisher(SparkSession session, String format) {
        this.session = session;
        this.format = format;
    }

    /**
     * Refuses a format that this Spark cannot write, before any work is done.
     *
     * @throws ZipmapException {@code OPTION_INVALID}
     */
    void requireFormat() throws ZipmapException {
        try {
            lookUp(format);
        } catch (ClassNotFoundException | AnalysisException e) {
            throw new ZipmapException(Condition.OPTION_INVALID, "Cannot write tables in an unknown format: " + format)
                    .expected("parquet, orc, json, csv, or a format whose package Spark was given")
                    .because(e);
        }
    }

    /** Spark does not declare what it throws. */
    private static void lookUp(String format) throws ClassNotFoundException, AnalysisException {
        DataSource.lookupDataSource(format, SQLConf.get());
    }

    /**
     * Refuses a target that could not be published to, before any work is done.
     *
     * @throws ZipmapException {@code OUTPUT_EXISTS}; {@code OUTPUT_UNUSABLE} when it is to be overwritten but is not the
     *     output of a run
     */
    void requireFree(String output, boolean overwrite) throws ZipmapException {
        Path target = new Path(output);
        try {
            FileSystem fs = fileSystem(target);
            if (!fs.exists(target)) {
                return;
            }
            if (!overwrite) {
                throw new ZipmapException(Condition.OUTPUT_EXISTS, "Cannot write where something is: " + output)
                        .advice("Choose another folder, or give --overwrite to replace the output of a former run.");
            }
            requireOutput(fs, target);
        } catch (ZipmapException e) {
            throw e;
        } catch (IOException e) {
            throw new ZipmapException(Condition.OUTPUT_UNUSABLE, "Cannot use the output: " + output)
                    .actual(String.valueOf(e.getMessage()))
                    .because(e);
        }
    }

    private static void requireOutput(FileSystem fs, Path target) throws IOException {
        for (FileStatus child : fs.listStatus(target)) {
            String name = child.getPath().getName();
            boolean ours = Tables.NAMES.contains(name) || name.equals(RunOutput.NOTES);
            if (!child.isDirectory() || !ours) {
                throw new ZipmapException(
                                Condition.OUTPUT_UNUSABLE,
                                "Cannot overwrite what is not the output of a run: " + target)
                        .expected("nothing but the folders " + String.join(", ", Tables.NAMES))
                        .actual(name)
                        .advice("Choose another --output, or remove the folder.");
            }
        }
    }

    /**
     * Brings a former output back that a run moved aside for its own, and then died: it left {@code output} without any. To be
     * called before anything is looked for there.
     */
    void bringBack(String output) throws IOException {
        Path target = new Path(output);
        FileSystem fs = fileSystem(target);
        Path parent = fs.makeQualified(target).getParent();
        if (parent == null || fs.exists(target) || !fs.exists(parent)) {
            return;
        }
        String prefix = prefix(target, FORMER);
        Optional<FileStatus> former = Arrays.stream(
                        fs.listStatus(parent, path -> path.getName().startsWith(prefix)))
                .max(Comparator.comparingLong(FileStatus::getModificationTime));
        if (former.isPresent() && fs.rename(former.get().getPath(), target)) {
            LOG.warn("Brought back what a run that died had moved aside: {}", target);
        }
    }

    /** What is written beside the tables. */
    interface Notes {
        void write(FileSystem fs, Path folder) throws IOException;
    }

    /** @return the folder that holds the tables */
    Path publish(Map<String, Dataset<Row>> tables, Notes notes, String output, boolean overwrite) throws IOException {
        Path target = new Path(output);
        FileSystem fs = fileSystem(target);
        Path staging = beside(fs.makeQualified(target), PART);
        fs.mkdirs(staging);
        fs.deleteOnExit(staging);
        try {
            for (Map.Entry<String, Dataset<Row>> table : tables.entrySet()) {
                write(table.getValue(), new Path(staging, table.getKey()).toString());
            }
            notes.write(fs, staging);
            requireFree(output, overwrite);
            replace(fs, staging, target);
        } finally {
            fs.delete(staging, true);
            fs.cancelDeleteOnExit(staging);
        }
        return target;
    }

    /** A former output steps aside first and comes back when the new one cannot take its place. */
    private static void replace(FileSystem fs, Path staging, Path target) throws IOException {
        Path former = beside(fs.makeQualified(target), FORMER);
        boolean moved = fs.exists(target);
        if (moved && !fs.rename(target, former)) {
            throw new ZipmapException(Condition.OUTPUT_UNUSABLE, "Cannot move the former output away: " + target);
        }
        boolean placed = false;
        try {
            placed = fs.rename(staging, target);
        } finally {
            if (moved && !placed) {
                fs.rename(former, target);
            }
        }
        if (!placed) {
            throw new ZipmapException(Condition.OUTPUT_UNUSABLE, "Cannot bring the tables to their place: " + target);
        }
        fs.delete(former, true);
    }

    private static Path beside(Path target, String word) {
        return new Path(target.getParent(), prefix(target, word) + UUID.randomUUID());
    }

    private static String prefix(Path target, String word) {
        return "." + target.getName() + "." + word + "-";
    }

    void write(Dataset<Row> table, String path) {
        TextTables.writable(table, format)
                .write()
                .format(format)
                .options(TextTables.options(format))
                .save(path);
    }

    private FileSystem fileSystem(Path path) throws IOException {
        return path.getFileSystem(session.sparkContext().hadoopConfiguration());
    }
}
