package io.zipmap.report;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.zipmap.Condition;
import io.zipmap.IoConsumer;
import io.zipmap.IoSupplier;
import io.zipmap.ZipmapException;
import io.zipmap.fs.AtomicFiles;
import io.zipmap.fs.HadoopPaths;
import io.zipmap.plan.RunOutput;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** A file with a page: where it is, how it is written, and how it is rendered again. Immutable. */
public final class ReportFile {
    private static final String LOCAL = "file:";

    private final String name;
    private final IoSupplier<byte[]> reading;
    private final IoConsumer<byte[]> writing;

    private ReportFile(String name, IoSupplier<byte[]> reading, IoConsumer<byte[]> writing) {
        this.name = name;
        this.reading = reading;
        this.writing = writing;
    }

    private static ReportFile on(FileSystem fs, Path path) {
        return new ReportFile(
                HadoopPaths.isLocal(fs) ? path.toUri().getPath() : path.toString(),
                () -> AtomicFiles.read(fs, path),
                page -> AtomicFiles.write(fs, path, page));
    }

    private static ReportFile on(java.nio.file.Path path) {
        return new ReportFile(path.toString(), () -> Files.readAllBytes(path), page -> {
            java.nio.file.Path part = path.resolveSibling(
                    AtomicFiles.HIDDEN + path.getFileName() + AtomicFiles.HIDDEN + UUID.randomUUID());
            Files.write(part, page);
            Files.move(part, path, StandardCopyOption.ATOMIC_MOVE);
        });
    }

    /**
     * A file that may be there or not.
     *
     * @throws ZipmapException {@code OUTPUT_UNUSABLE} if the name cannot be understood, or names a folder
     */
    public static ReportFile at(String file, Configuration configuration) throws IOException {
        Path path = HadoopPaths.ofOutput(file, configuration);
        FileSystem fs = path.getFileSystem(configuration);
        if (fs.exists(path) && fs.getFileStatus(path).isDirectory()) {
            throw new ZipmapException(Condition.OUTPUT_UNUSABLE, "Cannot write the report into a folder: " + file)
                    .advice("Name a file.");
        }
        return on(fs, path);
    }

    /** The file of a run that publishes nothing: beside the folder of its output. */
    public static ReportFile beside(String output, Configuration configuration) throws IOException {
        Path folder = HadoopPaths.ofOutput(output, configuration);
        return on(
                folder.getFileSystem(configuration),
                HadoopPaths.child(folder.getParent(), folder.getName() + "-report.html"));
    }

    /**
     * Checks the file of a report before any work is done. Only local disks tell whether they can be written.
     *
     * @param output of the run, which holds nothing but what the run publishes; empty if it has none
     * @throws ZipmapException as {@link #at}; {@code OUTPUT_UNUSABLE} if the folder of the file cannot be written;
     *     {@code OPTION_INVALID} if the file is in the output
     */
    public static void requireUsable(String file, Optional<String> output, Configuration configuration)
            throws IOException {
        at(file, configuration);
        Path report = HadoopPaths.ofOutput(file, configuration);
        if (HadoopPaths.isLocal(report.getFileSystem(configuration))) {
            requireWritable(localPath(report.toUri().getPath()));
        }
        if (output.isPresent()) {
            Path folder = HadoopPaths.ofOutput(output.get(), configuration);
            for (Path path = report; path != null; path = path.getParent()) {
                if (path.equals(folder)) {
                    throw new ZipmapException(
                                    Condition.OPTION_INVALID, "Cannot write the report into the output: " + file)
                            .advice("Name another file. The output has its report in " + RunOutput.REPORT_FOLDER + ".");
                }
            }
        }
    }

    private static java.nio.file.Path localPath(String path) throws ZipmapException {
        try {
            return java.nio.file.Path.of(path);
        } catch (InvalidPathException e) {
            throw new ZipmapException(Condition.OUTPUT_UNUSABLE, "Cannot write the report: " + path)
                    .actual("a name that this locale cannot express: " + e.getReason())
                    .advice("Set LC_ALL=C.UTF-8, or name another file.")
                    .because(e);
        }
    }

    /** The folders that are missing are made when the report is written. */
    private static void requireWritable(java.nio.file.Path file) throws ZipmapException {
        java.nio.file.Path folder = file.toAbsolutePath().getParent();
        while (folder != null && !Files.exists(folder)) {
            folder = folder.getParent();
        }
        if (folder != null && !(Files.isDirectory(folder) && Files.isWritable(folder))) {
            throw new ZipmapException(Condition.OUTPUT_UNUSABLE, "Cannot write the report: " + file)
                    .actual("no folder that this user may write: " + folder)
                    .advice("Name a file in another folder.");
        }
    }

    /**
     * The file of a report that is there. One of this node is found without Hadoop, which takes a while to start.
     *
     * @param name the output of a run, or a file of its own
     * @throws ZipmapException {@code INPUT_MISSING} if there is none
     */
    public static ReportFile existing(String name, Supplier<Configuration> configuration) throws IOException {
        Optional<java.nio.file.Path> local = local(name);
        if (local.isPresent()) {
            return on(local.get());
        }
        Path given = HadoopPaths.ofOutput(name, configuration.get());
        FileSystem fs = given.getFileSystem(configuration.get());
        try {
            Path path = fs.getFileStatus(given).isDirectory()
                    ? new Path(new Path(given, RunOutput.REPORT_FOLDER), RunOutput.REPORT_FILE)
                    : given;
            fs.getFileStatus(path);
            return on(fs, path);
        } catch (FileNotFoundException e) {
            throw new ZipmapException(Condition.INPUT_MISSING, "Cannot find the report of a run: " + name)
                    .advice("Name the output of a run, or the file of its report.");
        }
    }

    private static Optional<java.nio.file.Path> local(String name) {
        try {
            java.nio.file.Path given = java.nio.file.Path.of(
                    name.startsWith(LOCAL) ? name.substring(LOCAL.length()).replaceFirst("^/+", "/") : name);
            java.nio.file.Path file = Files.isDirectory(given)
                    ? given.resolve(RunOutput.REPORT_FOLDER).resolve(RunOutput.REPORT_FILE)
                    : given;
            return Optional.of(file).filter(Files::isRegularFile);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /**
     * Writes the page. A reader finds the former page or this one.
     *
     * @throws ZipmapException {@code OUTPUT_UNUSABLE}, also for the error by which Hadoop tells of a full local disk
     */
    public void write(byte[] page) throws IOException {
        try {
            writing.accept(page);
        } catch (IOException | FSError e) {
            throw new ZipmapException(Condition.OUTPUT_UNUSABLE, "Cannot write the report: " + name)
                    .actual(String.valueOf(e.getMessage()))
                    .because(e);
        }
    }

    /**
     * Renders the data of the page with the template of this release.
     *
     * @throws ZipmapException {@code INPUT_UNREADABLE} if it is no page of a report
     */
    public void render() throws IOException {
        String page = new String(reading.get(), StandardCharsets.UTF_8);
        try (JsonParser parser = new JsonFactory().createParser(ReportPage.json(page))) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw unreadable();
            }
            // Token by token, so that what another program wrote is escaped, too.
            String json = ReportJson.text(out -> {
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    out.copyCurrentStructure(parser);
                }
            });
            write(ReportPage.of(json));
        } catch (JacksonException e) {
            throw unreadable().because(e);
        }
    }

    private ZipmapException unreadable() {
        return new ZipmapException(Condition.INPUT_UNREADABLE, "Cannot read the report of a run: " + name)
                .expected("a page that zipmap has written");
    }

    /** The path of a local file, otherwise the URI. */
    @Override
    public String toString() {
        return name;
    }
}
