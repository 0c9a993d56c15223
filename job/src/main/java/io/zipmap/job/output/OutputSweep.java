package io.zipmap.job.output;

import io.zipmap.fs.AtomicFiles;
import io.zipmap.fs.HadoopPaths;
import io.zipmap.plan.RunGeneration;
import io.zipmap.plan.RunOutput;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Removes what runs that died left of an output. Only who has the lease may call it: everything unfinished is of the
 * dead then.
 */
final class OutputSweep {
    private static final String PART = "part";
    private static final String TRASH = "trash-";

    private final FileSystem fs;
    private final Path folder;

    OutputSweep(FileSystem fs, Path folder) {
        this.fs = fs;
        this.folder = folder;
    }

    /** Where the tables of a first run are made. */
    static Path part(Path folder) {
        return HadoopPaths.child(folder.getParent(), prefix(folder) + UUID.randomUUID());
    }

    private static String prefix(Path folder) {
        return "." + folder.getName() + "." + PART + "-";
    }

    /** Where a rename is a copy, nothing is made beside. */
    void beside() throws IOException {
        if (!AtomicFiles.isRenameAtomic(fs)) {
            return;
        }
        for (Path part : parts(prefix(folder))) {
            fs.delete(part, true);
        }
    }

    /** Hadoop's local file system asks for the status of every file, and archives may lie here in great number. */
    private List<Path> parts(String prefix) throws IOException {
        Path parent = folder.getParent();
        List<Path> parts = new ArrayList<>();
        if (!HadoopPaths.isLocal(fs)) {
            for (FileStatus part : fs.listStatus(parent, path -> path.getName().startsWith(prefix))) {
                parts.add(part.getPath());
            }
            return parts;
        }
        java.nio.file.Path local = java.nio.file.Path.of(parent.toUri().getPath());
        try (DirectoryStream<java.nio.file.Path> some = Files.newDirectoryStream(
                local, file -> file.getFileName().toString().startsWith(prefix))) {
            some.forEach(part ->
                    parts.add(HadoopPaths.child(parent, part.getFileName().toString())));
        }
        return parts;
    }

    /** Leaves the generation that is there, and the tables that it replaced, which a reader may hold. */
    void within() throws IOException {
        Path notes = new Path(folder, RunOutput.METADATA_FOLDER);
        Optional<RunGeneration> generation = RunGeneration.read(fs, folder);
        if (generation.isEmpty() || generation.get().isMoving() || !fs.exists(notes)) {
            return;
        }
        RunGeneration now = generation.get();
        for (FileStatus child : fs.listStatus(notes)) {
            Path path = child.getPath();
            boolean kept = path.equals(now.formerFolder(folder)) || path.equals(now.archivesFolder(folder));
            if (child.isFile() && path.getName().startsWith(AtomicFiles.HIDDEN)) {
                fs.delete(path, false);
            } else if (child.isDirectory() && !kept) {
                AtomicFiles.deleteFolder(fs, path, new Path(notes, TRASH + UUID.randomUUID()));
            }
        }
    }
}
