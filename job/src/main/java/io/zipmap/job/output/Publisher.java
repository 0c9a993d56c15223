package io.zipmap.job.output;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.fs.AtomicFiles;
import io.zipmap.fs.HadoopPaths;
import io.zipmap.plan.RunGeneration;
import io.zipmap.plan.RunOutput;
import io.zipmap.plan.TextTables;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.datasources.DataSource;
import org.apache.spark.sql.internal.SQLConf;

/**
 * Writes tables beside their places, and then brings all of them there. The tables of a first run appear by one rename.
 * Those that replace others become the ones of the output by one small file, {@link RunGeneration}, by which zipmap's
 * own readers go.
 */
public final class Publisher {
    private final SparkSession session;
    private final String format;

    public Publisher(SparkSession session, String format) {
        this.session = session;
        this.format = format;
    }

    /**
     * Refuses a format that this Spark cannot write, before any work is done.
     *
     * @throws ZipmapException {@code OPTION_INVALID}
     */
    public void requireFormat() throws ZipmapException {
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
     * Refuses a folder for results that is there, before any work is done.
     *
     * @throws ZipmapException {@code OUTPUT_EXISTS}; {@code OUTPUT_UNUSABLE}
     */
    public void requireFree(String output) throws ZipmapException {
        try {
            Path target = HadoopPaths.ofOutput(output, configuration());
            OutputTarget.requireFree(target.getFileSystem(configuration()), target, output, false);
        } catch (ZipmapException e) {
            throw e;
        } catch (IOException e) {
            throw OutputTarget.unusable(output, e);
        }
    }

    /**
     * Makes these tables those of the target, all or none.
     *
     * @param seen the archives of the run
     * @param options that the tables were made with
     * @return the folder that holds the tables
     */
    public Path publish(
            Map<String, Dataset<Row>> tables, Dataset<Row> seen, Map<String, String> options, OutputTarget target)
            throws IOException {
        RunGeneration generation = RunGeneration.settled(UUID.randomUUID().toString(), options);
        if (target.isTaken() || !AtomicFiles.isRenameAtomic(target.fs())) {
            replace(tables, seen, generation, target);
        } else {
            appear(tables, seen, generation, target);
        }
        return target.folder();
    }

    /** Where nothing is, by one rename. */
    private void appear(
            Map<String, Dataset<Row>> tables, Dataset<Row> seen, RunGeneration generation, OutputTarget target)
            throws IOException {
        FileSystem fs = target.fs();
        Path part = OutputSweep.part(target.folder());
        fs.mkdirs(part);
        fs.deleteOnExit(part);
        try {
            write(tables, part);
            ArchivesTable.write(seen, generation.archivesFolder(part));
            generation.write(fs, part);
            target.requireLease();
            target.requireFree(false);
            AtomicFiles.renameToAbsent(fs, part, target.folder());
        } catch (FileAlreadyExistsException e) {
            throw OutputTarget.unusable(target.folder().toString(), e);
        } finally {
            fs.delete(part, true);
            fs.cancelDeleteOnExit(part);
        }
    }

    /** From when the generation is written, our readers see the new tables; the folders are moved after that. */
    private void replace(
            Map<String, Dataset<Row>> tables, Dataset<Row> seen, RunGeneration generation, OutputTarget target)
            throws IOException {
        FileSystem fs = target.fs();
        Path folder = target.folder();
        boolean first = !target.isTaken();
        Optional<RunGeneration> before = RunGeneration.read(fs, folder);
        boolean published = false;
        try {
            write(tables, generation.nextFolder(folder));
            ArchivesTable.write(seen, generation.archivesFolder(folder));
            RunGeneration moving = generation.moving(fs, folder);
            target.requireLease();
            move(new TableMoves(fs, folder, moving), moving, before, target);
            published = true;
        } finally {
            if (!published) {
                fs.delete(generation.nextFolder(folder), true);
                fs.delete(generation.archivesFolder(folder), true);
                if (first) {
                    deleteEmpty(fs, new Path(folder, RunOutput.METADATA_FOLDER));
                    deleteEmpty(fs, folder);
                }
            }
        }
        new OutputSweep(fs, folder).within();
    }

    private static void deleteEmpty(FileSystem fs, Path folder) throws IOException {
        if (fs.exists(folder) && fs.listStatus(folder).length == 0) {
            fs.delete(folder, false);
        }
    }

    private static void move(
            TableMoves moves, RunGeneration moving, Optional<RunGeneration> before, OutputTarget target)
            throws IOException {
        boolean moved = false;
        moving.write(target.fs(), target.folder());
        try {
            moves.finish();
            moved = true;
        } catch (IOException e) {
            throw new ZipmapException(
                            Condition.OUTPUT_UNUSABLE, "Cannot bring the tables to their place: " + target.folder())
                    .actual(String.valueOf(e.getMessage()))
                    .because(e);
        } finally {
            if (!moved) {
                moves.undo(before);
            }
        }
    }

    private void write(Map<String, Dataset<Row>> tables, Path folder) {
        for (Map.Entry<String, Dataset<Row>> table : tables.entrySet()) {
            write(table.getValue(), new Path(folder, table.getKey()).toString());
        }
    }

    public void write(Dataset<Row> table, String path) {
        TextTables.writable(table, format)
                .write()
                .format(format)
                .options(TextTables.options(format))
                .save(path);
    }

    private Configuration configuration() {
        return session.sparkContext().hadoopConfiguration();
    }
}
