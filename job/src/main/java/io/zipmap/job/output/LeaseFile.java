package io.zipmap.job.output;

import io.zipmap.fs.AtomicFiles;
import io.zipmap.fs.HadoopPaths;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The hidden file beside an output that holds the text of its lease. */
final class LeaseFile {
    private static final String DEAD = ".dead-";

    private final FileSystem fs;
    private final Path path;

    LeaseFile(FileSystem fs, Path output) {
        this.fs = AtomicFiles.withoutChecksums(fs);
        this.path = HadoopPaths.child(output.getParent(), "." + output.getName() + ".lease");
    }

    /** Creates the file; false if it exists. */
    boolean create(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try {
            if (HadoopPaths.isLocal(fs)) {
                Files.write(
                        java.nio.file.Path.of(path.toUri().getPath()),
                        bytes,
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.WRITE);
                return true;
            }
            try (OutputStream out = fs.create(path, false)) {
                out.write(bytes);
            }
            return true;
        } catch (FileAlreadyExistsException | java.nio.file.FileAlreadyExistsException e) {
            return false;
        } catch (IOException e) {
            // Some file systems throw a general exception if the file exists.
            if (fs.exists(path)) {
                return false;
            }
            throw e;
        }
    }

    /** The text; empty if there is no file. */
    String read() throws IOException {
        try {
            return readText(path);
        } catch (FileNotFoundException e) {
            return "";
        }
    }

    private String readText(Path file) throws IOException {
        return new String(AtomicFiles.read(fs, file), StandardCharsets.UTF_8);
    }

    boolean exists() throws IOException {
        return fs.exists(path);
    }

    void overwrite(String text) throws IOException {
        AtomicFiles.writeInPlace(fs, path, text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Deletes the file if it still holds {@code text}. It is renamed first and read again, so that the file of another
     * process that was faster is put back.
     *
     * @return whether the file was deleted
     */
    boolean deleteIfUnchanged(String text) throws IOException {
        Path dead = HadoopPaths.child(path.getParent(), path.getName() + DEAD + UUID.randomUUID());
        if (!read().equals(text) || !fs.rename(path, dead)) {
            return false;
        }
        if (!readText(dead).equals(text)) {
            AtomicFiles.renameToAbsent(fs, dead, path);
            return false;
        }
        fs.delete(dead, false);
        return true;
    }

    void delete() throws IOException {
        fs.delete(path, false);
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
