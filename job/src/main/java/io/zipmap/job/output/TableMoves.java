package io.zipmap.job.output;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.fs.AtomicFiles;
import io.zipmap.fs.HadoopPaths;
import io.zipmap.plan.RunGeneration;
import io.zipmap.plan.RunOutput;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Moves the tables and the report of a generation from {@code _run} to their places, and those that they replace out of
 * them. After a kill at any step, also within a rename that copies file by file, {@link #finish} does the rest.
 */
final class TableMoves {
    private final FileSystem fs;
    private final Path folder;
    private final RunGeneration generation;

    TableMoves(FileSystem fs, Path folder, RunGeneration generation) {
        this.fs = fs;
        this.folder = folder;
        this.generation = generation;
    }

    /**
     * Makes the generation current and moves its tables. If a move fails, all tables are moved back.
     *
     * @param former the generation of the output; empty if a release without generations made the output
     * @throws ZipmapException {@code OUTPUT_UNUSABLE}
     */
    void publish(Optional<RunGeneration> former) throws IOException {
        boolean moved = false;
        generation.write(fs, folder);
        try {
            finish();
            moved = true;
        } catch (IOException e) {
            throw new ZipmapException(Condition.OUTPUT_UNUSABLE, "Cannot move the tables to their place: " + folder)
                    .actual(String.valueOf(e.getMessage()))
                    .because(e);
        } finally {
            if (!moved) {
                undo(former);
            }
        }
    }

    /** Moves the tables that have not been moved yet, and records that all are in their places. */
    void finish() throws IOException {
        for (String table : RunOutput.FOLDERS) {
            moveTable(table);
        }
        generation.arrived().write(fs, folder);
        fs.delete(generation.nextFolder(folder), true);
    }

    private void moveTable(String table) throws IOException {
        Path next = new Path(generation.nextFolder(folder), table);
        Path place = new Path(folder, table);
        Path replaced = new Path(generation.formerFolder(folder), table);
        if (!fs.exists(next)) {
            if (!isPublished(table)) {
                removeFormer(place, replaced);
            }
            return;
        }
        if (fs.exists(place) && !fs.exists(replaced)) {
            fs.mkdirs(replaced.getParent());
            AtomicFiles.renameToAbsent(fs, place, replaced);
        }
        if (fs.exists(place)) {
            moveRemainingFiles(table, next, place);
        } else {
            AtomicFiles.renameToAbsent(fs, next, place);
        }
    }

    /** Whether the generation has this folder: a run may leave no report. */
    private boolean isPublished(String table) {
        return RunOutput.TABLES.contains(table) || !generation.files(table).isEmpty();
    }

    private void removeFormer(Path place, Path replaced) throws IOException {
        if (fs.exists(place) && !fs.exists(replaced)) {
            fs.mkdirs(replaced.getParent());
            AtomicFiles.renameToAbsent(fs, place, replaced);
        }
    }

    /**
     * Goes on after a kill within a copy. The place then holds files of both generations, and the last copied file may
     * be incomplete.
     */
    private void moveRemainingFiles(String table, Path next, Path place) throws IOException {
        for (FileStatus file : fs.listStatus(place)) {
            if (!generation.files(table).contains(file.getPath().getName())) {
                fs.delete(file.getPath(), true);
            }
        }
        for (FileStatus file : fs.listStatus(next)) {
            Path target = HadoopPaths.child(place, file.getPath().getName());
            fs.delete(target, true);
            AtomicFiles.renameToAbsent(fs, file.getPath(), target);
        }
        fs.delete(next, true);
    }

    /** Moves all tables back, so that the former generation is complete again. */
    private void undo(Optional<RunGeneration> former) throws IOException {
        for (String table : RunOutput.FOLDERS) {
            Path next = new Path(generation.nextFolder(folder), table);
            Path place = new Path(folder, table);
            Path replaced = new Path(generation.formerFolder(folder), table);
            if (isPublished(table) && fs.exists(place) && !fs.exists(next)) {
                AtomicFiles.renameToAbsent(fs, place, next);
            }
            if (fs.exists(replaced) && !fs.exists(place)) {
                AtomicFiles.renameToAbsent(fs, replaced, place);
            }
        }
        if (former.isPresent()) {
            former.get().write(fs, folder);
        } else {
            RunGeneration.remove(fs, folder);
        }
        fs.delete(generation.formerFolder(folder), true);
    }
}
