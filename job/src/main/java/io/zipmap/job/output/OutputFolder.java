package io.zipmap.job.output;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.fs.HadoopPaths;
import io.zipmap.plan.RunGeneration;
import io.zipmap.plan.RunOutput;
import java.io.IOException;
import java.nio.file.Files;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** A folder that the user named for an output, and the checks that protect what is in it. Immutable. */
public final class OutputFolder {
    private final FileSystem fs;
    private final Path path;
    private final String given;

    private OutputFolder(FileSystem fs, Path path, String given) {
        this.fs = fs;
        this.path = path;
        this.given = given;
    }

    /** The folder itself, a symbolic link not followed. */
    private static OutputFolder named(String output, Configuration configuration) throws IOException {
        Path path = HadoopPaths.ofOutput(output, configuration);
        return new OutputFolder(path.getFileSystem(configuration), path, output);
    }

    /**
     * The folder for the tables of a run. A symbolic link is followed, so that it stays and its target is written.
     *
     * @throws ZipmapException {@code OUTPUT_UNUSABLE} for the root of a file system, and for a dangling link
     */
    static OutputFolder resolve(String output, Configuration configuration) throws IOException {
        OutputFolder folder = named(output, configuration);
        Path target = folder.followLink();
        if (target.getParent() == null) {
            throw new ZipmapException(
                            Condition.OUTPUT_UNUSABLE, "Cannot write into the root of a file system: " + output)
                    .advice("Name a folder in it.");
        }
        return new OutputFolder(folder.fs, target, output);
    }

    private Path followLink() throws IOException {
        if (!HadoopPaths.isLocal(fs)) {
            return path;
        }
        java.nio.file.Path local = java.nio.file.Path.of(path.toUri().getPath());
        if (!Files.isSymbolicLink(local)) {
            return path;
        }
        if (!Files.exists(local)) {
            throw new ZipmapException(Condition.OUTPUT_UNUSABLE, "Cannot write through a dangling link: " + path);
        }
        return new Path(path.toUri().getScheme(), null, local.toRealPath().toString());
    }

    /**
     * Checks the folder for the results of queries before any work is done.
     *
     * @throws ZipmapException {@code OUTPUT_EXISTS}; {@code OUTPUT_UNUSABLE}
     */
    public static void requireNew(String output, Configuration configuration) throws ZipmapException {
        try {
            named(output, configuration).requireFree(false, "Choose another folder for --sql-output.");
        } catch (ZipmapException e) {
            throw e;
        } catch (IOException e) {
            throw OutputFailure.unusable(output, e);
        }
    }

    /**
     * @param replace whether the output of a former run may be replaced
     * @throws ZipmapException {@code OUTPUT_EXISTS} if the folder exists and must not be replaced;
     *     {@code OUTPUT_UNUSABLE} if it contains anything other than an output
     */
    void requireFree(boolean replace) throws IOException {
        requireFree(replace, "Choose another folder, or give --overwrite to replace the output of a former run.");
    }

    private void requireFree(boolean replace, String advice) throws IOException {
        if (!fs.exists(path)) {
            return;
        }
        if (!replace && !isUnfinished()) {
            throw new ZipmapException(Condition.OUTPUT_EXISTS, "Cannot write to an existing folder: " + given)
                    .advice(advice);
        }
        for (FileStatus child : fs.listStatus(path)) {
            requireOurs(child);
        }
    }

    /** Whether the folder was left by a first run that died before it published. */
    private boolean isUnfinished() throws IOException {
        FileStatus[] children = fs.getFileStatus(path).isDirectory() ? fs.listStatus(path) : new FileStatus[0];
        return children.length == 1
                && children[0].getPath().getName().equals(RunOutput.METADATA_FOLDER)
                && RunGeneration.read(fs, path).isEmpty();
    }

    private void requireOurs(FileStatus child) throws ZipmapException {
        String name = child.getPath().getName();
        boolean ours = RunOutput.FOLDERS.contains(name) || name.equals(RunOutput.METADATA_FOLDER);
        boolean link = HadoopPaths.isLocal(fs)
                && Files.isSymbolicLink(
                        java.nio.file.Path.of(child.getPath().toUri().getPath()));
        if (!child.isDirectory() || !ours || link) {
            throw new ZipmapException(
                            Condition.OUTPUT_UNUSABLE,
                            "Cannot overwrite a folder that is not the output of a run: " + path)
                    .expected("nothing but the folders " + String.join(", ", RunOutput.TABLES))
                    .actual(link ? name + ", a symbolic link" : name)
                    .advice("Choose another --output, or remove the folder.");
        }
    }

    boolean exists() throws IOException {
        return fs.exists(path);
    }

    FileSystem fs() {
        return fs;
    }

    Path path() {
        return path;
    }
}
