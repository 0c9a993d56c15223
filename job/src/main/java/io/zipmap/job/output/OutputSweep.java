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
 * Removes the unfinished files of dead runs from an output and from beside it. The caller must hold the lease of the
 * output, so that all unfinished files belong to dead runs.
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

    /** A new name beside the output, for the tables of a first run. */
    static Path partFolder(Path folder) {
        return HadoopPaths.child(folder.getParent(), prefix(folder) + UUID.randomUUID());
    }

    private static String prefix(Path folder) {
        return "." + folder.getName() + "." + PART + "-";
    }

    /** Removes part folders. There are none where a rename is a copy. */
    void sweepBeside() throws IOException {
        if (!AtomicFiles.isRenameAtomic(fs)) {
            return;
        }
        for (Path part : parts(prefix(folder))) {
            fs.delete(part, true);
        }
    }

    /** Lists names only: Hadoop's local file system would stat each file, and there may be many archives. */
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
        try (DirectoryStream<java.nio.file.Path> found = Files.newDirectoryStream(
                local, file -> file.getFileName().toString().startsWith(prefix))) {
            found.forEach(part ->
                    parts.add(HadoopPaths.child(parent, part.getFileName().toString())));
        }
        return parts;
    }

    /** Keeps the current generation, and the tables that it replaced, which a reader may still read. */
    void sweepWithin() throws IOException {
        Path notes = new Path(folder, RunOutput.METADATA_FOLDER);
        Optional<RunGeneration> generation = RunGeneration.read(fs, folder);
        if (generation.isEmpty() || generation.get().isMoving() || !fs.exists(notes)) {
            return;
        }
        RunGeneration current = generation.get();
        for (FileStatus child : fs.listStatus(notes)) {
            Path path = child.getPath();
            boolean isKept = path.equals(current.formerFolder(folder)) || path.equals(current.archivesFolder(folder));
            if (child.isFile() && path.getName().startsWith(AtomicFiles.HIDDEN)) {
                fs.delete(path, false);
            } else if (child.isDirectory() && !isKept) {
                AtomicFiles.deleteFolder(fs, path, new Path(notes, TRASH + UUID.randomUUID()));
            }
        }
    }
}
