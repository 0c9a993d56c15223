package io.zipmap.job.output;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.fs.HadoopPaths;
import io.zipmap.plan.RunGeneration;
import io.zipmap.plan.RunOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The folder that the tables of a run go to, held by a lease from before the former tables are read until the new ones
 * are there. A symbolic link stays, and what it leads to is written. What runs that died began there is ended when it
 * is opened.
 */
public final class OutputTarget implements AutoCloseable {
    private final FileSystem fs;
    private final Path folder;
    private final String words;
    private final OutputLease lease;

    private OutputTarget(FileSystem fs, Path folder, String words, OutputLease lease) {
        this.fs = fs;
        this.folder = folder;
        this.words = words;
        this.lease = lease;
    }

    /**
     * @throws ZipmapException {@code OUTPUT_EXISTS}; {@code OUTPUT_IN_USE}; {@code OUTPUT_UNUSABLE} when it is to be
     *     overwritten but is not the output of a run
     */
    public static OutputTarget open(Configuration configuration, String output, boolean overwrite) throws IOException {
        try {
            Path path = HadoopPaths.ofOutput(output, configuration);
            FileSystem fs = path.getFileSystem(configuration);
            Path folder = real(fs, path);
            if (folder.getParent() == null) {
                throw new ZipmapException(Condition.OUTPUT_UNUSABLE, "Cannot write into a root: " + output)
                        .advice("Name a folder in it.");
            }
            requireFree(fs, folder, output, overwrite);
            fs.mkdirs(folder.getParent());
            OutputTarget target = new OutputTarget(fs, folder, output, OutputLease.take(fs, folder));
            boolean open = false;
            try {
                target.requireFree(overwrite);
                target.recover();
                open = true;
                return target;
            } finally {
                if (!open) {
                    target.close();
                }
            }
        } catch (ZipmapException e) {
            throw e;
        } catch (IOException e) {
            throw OutputFailure.named(output, e);
        }
    }

    static ZipmapException unusable(String output, IOException e) {
        return new ZipmapException(Condition.OUTPUT_UNUSABLE, "Cannot use the output: " + output)
                .actual(String.valueOf(e.getMessage()))
                .because(e);
    }

    private static Path real(FileSystem fs, Path path) throws IOException {
        if (!HadoopPaths.isLocal(fs)) {
            return path;
        }
        java.nio.file.Path local = java.nio.file.Path.of(path.toUri().getPath());
        if (!Files.isSymbolicLink(local)) {
            return path;
        }
        if (!Files.exists(local)) {
            throw new ZipmapException(Condition.OUTPUT_UNUSABLE, "Cannot write through a link to nothing: " + path);
        }
        return new Path(path.toUri().getScheme(), null, local.toRealPath().toString());
    }

    void requireFree(boolean overwrite) throws IOException {
        requireFree(fs, folder, words, overwrite);
    }

    static void requireFree(FileSystem fs, Path folder, String words, boolean overwrite) throws IOException {
        if (!fs.exists(folder)) {
            return;
        }
        if (!overwrite && !isUnfinished(fs, folder)) {
            throw new ZipmapException(Condition.OUTPUT_EXISTS, "Cannot write where something is: " + words)
                    .advice("Choose another folder, or give --overwrite to replace the output of a former run.");
        }
        for (FileStatus child : fs.listStatus(folder)) {
            requireOurs(fs, folder, child);
        }
    }

    /** What a run left that died before any of its tables was to be seen. */
    private static boolean isUnfinished(FileSystem fs, Path folder) throws IOException {
        FileStatus[] children = fs.getFileStatus(folder).isDirectory() ? fs.listStatus(folder) : new FileStatus[0];
        return children.length == 1
                && children[0].getPath().getName().equals(RunOutput.METADATA_FOLDER)
                && RunGeneration.read(fs, folder).isEmpty();
    }

    private static void requireOurs(FileSystem fs, Path folder, FileStatus child) throws ZipmapException {
        String name = child.getPath().getName();
        boolean ours = Tables.NAMES.contains(name) || name.equals(RunOutput.METADATA_FOLDER);
        boolean link = HadoopPaths.isLocal(fs)
                && Files.isSymbolicLink(
                        java.nio.file.Path.of(child.getPath().toUri().getPath()));
        if (!child.isDirectory() || !ours || link) {
            throw new ZipmapException(
                            Condition.OUTPUT_UNUSABLE, "Cannot overwrite what is not the output of a run: " + folder)
                    .expected("nothing but the folders " + String.join(", ", Tables.NAMES))
                    .actual(link ? name + ", a symbolic link" : name)
                    .advice("Choose another --output, or remove the folder.");
        }
    }

    private void recover() throws IOException {
        OutputSweep sweep = new OutputSweep(fs, folder);
        sweep.beside();
        Optional<RunGeneration> generation = RunGeneration.read(fs, folder);
        if (generation.isPresent() && generation.get().isMoving()) {
            new TableMoves(fs, folder, generation.get()).finish();
        }
        sweep.within();
    }

    /** Whether there are tables already. */
    boolean isTaken() throws IOException {
        return fs.exists(folder);
    }

    FileSystem fs() {
        return fs;
    }

    public Path folder() {
        return folder;
    }

    /** @throws ZipmapException {@code OUTPUT_IN_USE} when another run took the output over from this one */
    void requireLease() throws IOException {
        lease.require(folder);
    }

    @Override
    public void close() throws IOException {
        lease.close();
    }
}
