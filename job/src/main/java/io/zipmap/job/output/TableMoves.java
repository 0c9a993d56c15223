package io.zipmap.job.output;

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
 * Brings the tables of a generation that is moving to their places, and the tables that were there out of the way. It
 * can be begun again at any step after a kill, also within a rename that copies file by file.
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

    void finish() throws IOException {
        for (String table : RunOutput.TABLES) {
            move(table);
        }
        generation.arrived().write(fs, folder);
        fs.delete(generation.nextFolder(folder), true);
    }

    private void move(String table) throws IOException {
        Path next = new Path(generation.nextFolder(folder), table);
        Path place = new Path(folder, table);
        Path former = new Path(generation.formerFolder(folder), table);
        if (!fs.exists(next)) {
            return;
        }
        if (fs.exists(place) && !fs.exists(former)) {
            fs.mkdirs(former.getParent());
            AtomicFiles.renameToAbsent(fs, place, former);
        }
        if (fs.exists(place)) {
            goOn(table, next, place);
        } else {
            AtomicFiles.renameToAbsent(fs, next, place);
        }
    }

    /** After a kill within a copy, the place holds files of either generation, of which the last may not be whole. */
    private void goOn(String table, Path next, Path place) throws IOException {
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

    /**
     * After an error, puts all tables back where they were, so that the former generation is whole again.
     *
     * @param before the former generation; empty when it was made before there were generations
     */
    void undo(Optional<RunGeneration> before) throws IOException {
        for (String table : RunOutput.TABLES) {
            Path next = new Path(generation.nextFolder(folder), table);
            Path place = new Path(folder, table);
            Path former = new Path(generation.formerFolder(folder), table);
            if (fs.exists(place) && !fs.exists(next)) {
                AtomicFiles.renameToAbsent(fs, place, next);
            }
            if (fs.exists(former) && !fs.exists(place)) {
                AtomicFiles.renameToAbsent(fs, former, place);
            }
        }
        if (before.isPresent()) {
            before.get().write(fs, folder);
        } else {
            RunGeneration.remove(fs, folder);
        }
        fs.delete(generation.formerFolder(folder), true);
    }
}
