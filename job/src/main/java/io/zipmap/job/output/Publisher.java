package io.zipmap.job.output;

import io.zipmap.IoRunnable;
import io.zipmap.fs.AtomicFiles;
import io.zipmap.plan.RunGeneration;
import io.zipmap.plan.RunOutput;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * Publishes the tables of a run together or not at all. The tables of a first run are written beside the output and
 * appear by one rename. Tables that replace others are written under {@code _run}; they become the tables of the output
 * when the file of their {@link RunGeneration} is written, because the readers of zipmap go by that file.
 */
public final class Publisher {
    private final TableWriter writer;
    private final IoRunnable check;
    private final @Nullable RunPage page;

    /**
     * @param check called when all is written and nothing is visible yet; what it throws ends the publication
     * @param page published with the tables; null for none
     */
    public Publisher(TableWriter writer, IoRunnable check, @Nullable RunPage page) {
        this.page = page;
        this.writer = writer;
        this.check = check;
    }

    /**
     * Makes these tables the tables of the target, all or none.
     *
     * @param tables by name
     * @param archives rows of {@link ArchivesTable}
     * @param options the options that decide the tables, by name
     */
    public void publish(
            Map<String, Dataset<Row>> tables, Dataset<Row> archives, Map<String, String> options, OutputTarget target)
            throws IOException {
        RunGeneration generation = RunGeneration.settled(UUID.randomUUID().toString(), options);
        if (target.exists() || !AtomicFiles.isRenameAtomic(target.fs())) {
            publishByGeneration(tables, archives, generation, target);
        } else {
            publishByRename(tables, archives, generation, target);
        }
    }

    /** Publishes by one rename. No output may exist. */
    private void publishByRename(
            Map<String, Dataset<Row>> tables, Dataset<Row> archives, RunGeneration generation, OutputTarget target)
            throws IOException {
        FileSystem fs = target.fs();
        Path part = OutputSweep.partFolder(target.folder());
        fs.mkdirs(part);
        fs.deleteOnExit(part);
        try {
            write(tables, part, archives, generation.archivesFolder(part));
            writePage(fs, part);
            generation.write(fs, part);
            check.run();
            target.requireLease();
            target.requireFree(false);
            AtomicFiles.renameToAbsent(fs, part, target.folder());
        } catch (FileAlreadyExistsException e) {
            throw OutputFailure.unusable(target.folder().toString(), e);
        } finally {
            fs.delete(part, true);
            fs.cancelDeleteOnExit(part);
        }
    }

    /** Publishes by a generation file, and then moves the table folders. Removes what it wrote if it fails. */
    private void publishByGeneration(
            Map<String, Dataset<Row>> tables, Dataset<Row> archives, RunGeneration generation, OutputTarget target)
            throws IOException {
        FileSystem fs = target.fs();
        Path folder = target.folder();
        boolean first = !target.exists();
        Optional<RunGeneration> former = RunGeneration.read(fs, folder);
        boolean published = false;
        try {
            write(tables, generation.nextFolder(folder), archives, generation.archivesFolder(folder));
            writePage(fs, generation.nextFolder(folder));
            RunGeneration moving = generation.moving(fs, folder);
            check.run();
            target.requireLease();
            new TableMoves(fs, folder, moving).publish(former);
            published = true;
        } finally {
            if (!published) {
                fs.delete(generation.nextFolder(folder), true);
                fs.delete(generation.archivesFolder(folder), true);
                if (first) {
                    deleteIfEmpty(fs, new Path(folder, RunOutput.METADATA_FOLDER));
                    deleteIfEmpty(fs, folder);
                }
            }
        }
        new OutputSweep(fs, folder).sweepWithin();
    }

    private void write(Map<String, Dataset<Row>> tables, Path folder, Dataset<Row> archives, Path archivesFolder)
            throws IOException {
        InterpretedSession session = InterpretedSession.of(archives.sparkSession());
        Map<String, Dataset<Row>> adopted = new LinkedHashMap<>();
        tables.forEach((name, table) -> adopted.put(name, session.adopt(table)));
        List<Runnable> writes = writer.writes(adopted, folder);
        writes.add(() -> ArchivesTable.write(session.adopt(archives), archivesFolder));
        if (page != null) {
            writes.add(page::collect);
        }
        ConcurrentWrites.run(writes);
    }

    private void writePage(FileSystem fs, Path folder) throws IOException {
        if (page != null) {
            Path report = new Path(folder, RunOutput.REPORT_FOLDER);
            fs.mkdirs(report);
            AtomicFiles.writeInPlace(fs, new Path(report, RunOutput.REPORT_FILE), page.make());
        }
    }

    private static void deleteIfEmpty(FileSystem fs, Path folder) throws IOException {
        if (fs.exists(folder) && fs.listStatus(folder).length == 0) {
            fs.delete(folder, false);
        }
    }
}
