package io.zipmap.plan;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.fs.AtomicFiles;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * One publication of the tables of an output, as {@code _run/generation.json} describes it. A generation is moving
 * while its tables are renamed to their places: each of its files is then either in {@code _run/next-ID} or already in
 * its place. Afterwards it is settled. Immutable.
 */
public final class RunGeneration {
    private static final String FILE = "generation.json";
    private static final String ID = "id";
    private static final String FILES = "moving";
    private static final String OPTIONS = "options";

    /** The options of an output that was published without a generation, by an old version. */
    private static final String OPTIONS_FILE = "options.json";

    /** A reader may see a new file before its text is written. */
    private static final int ATTEMPTS = 20;

    private static final long PAUSE_MILLIS = 50;

    private final String id;
    private final @Nullable Map<String, List<String>> files;
    private final Map<String, String> options;

    private RunGeneration(String id, @Nullable Map<String, List<String>> files, Map<String, String> options) {
        this.id = id;
        this.files = files;
        this.options = options;
    }

    /**
     * A generation whose tables are in their places.
     *
     * @param options with which the tables were made
     */
    public static RunGeneration settled(String id, Map<String, String> options) {
        return new RunGeneration(id, null, Map.copyOf(options));
    }

    /** This generation as it starts to move: {@link #nextFolder} contains all its tables. */
    public RunGeneration moving(FileSystem fs, Path output) throws IOException {
        Map<String, List<String>> names = new TreeMap<>();
        for (FileStatus next : fs.listStatus(nextFolder(output))) {
            List<String> some = new ArrayList<>();
            for (FileStatus file : fs.listStatus(next.getPath())) {
                some.add(file.getPath().getName());
            }
            names.put(next.getPath().getName(), some);
        }
        return new RunGeneration(id, names, options);
    }

    /** This generation after its tables have arrived. */
    public RunGeneration arrived() {
        return settled(id, options);
    }

    public String id() {
        return id;
    }

    Map<String, String> options() {
        return options;
    }

    public boolean isMoving() {
        return files != null;
    }

    /** The files of a table that is moving; empty if the generation is settled. */
    public List<String> files(String table) {
        return files == null ? List.of() : files.getOrDefault(table, List.of());
    }

    /** The folder into which the tables are first written. */
    public Path nextFolder(Path output) {
        return new Path(new Path(output, RunOutput.METADATA_FOLDER), "next-" + id);
    }

    /** The folder for the tables that this generation replaces. The next generation deletes it. */
    public Path formerFolder(Path output) {
        return new Path(new Path(output, RunOutput.METADATA_FOLDER), "former-" + id);
    }

    /** The folder of the table of archives that the run saw. */
    public Path archivesFolder(Path output) {
        return new Path(new Path(output, RunOutput.METADATA_FOLDER), "archives-" + id);
    }

    /**
     * Reads the current generation of an output.
     *
     * @return empty if there is no output, or an old version published it without a generation
     * @throws ZipmapException {@code INPUT_UNREADABLE}
     */
    public static Optional<RunGeneration> read(FileSystem fs, Path output) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                return Optional.of(parse(AtomicFiles.read(fs, file(output))));
            } catch (FileNotFoundException e) {
                return Optional.empty();
            } catch (JacksonException e) {
                if (attempt == ATTEMPTS) {
                    throw unreadable(file(output), e);
                }
            }
            pause(PAUSE_MILLIS);
        }
    }

    private static RunGeneration parse(byte[] text) throws IOException {
        JsonNode json = new ObjectMapper().readTree(text);
        Map<String, String> options = new TreeMap<>();
        json.path(OPTIONS)
                .fields()
                .forEachRemaining(
                        one -> options.put(one.getKey(), one.getValue().asText()));
        if (!json.has(FILES)) {
            return settled(json.path(ID).asText(), options);
        }
        Map<String, List<String>> files = new TreeMap<>();
        json.path(FILES).fields().forEachRemaining(folder -> {
            List<String> names = new ArrayList<>();
            folder.getValue().forEach(name -> names.add(name.asText()));
            files.put(folder.getKey(), names);
        });
        return new RunGeneration(json.path(ID).asText(), files, options);
    }

    /** The options of an output without a generation; empty if it does not state them. */
    static Map<String, String> readOptionsWithoutGeneration(FileSystem fs, Path output) throws IOException {
        Path file = new Path(new Path(output, RunOutput.METADATA_FOLDER), OPTIONS_FILE);
        if (!fs.exists(file)) {
            return Map.of();
        }
        try (InputStream in = fs.open(file)) {
            return Map.copyOf(new ObjectMapper().readValue(in, new TypeReference<TreeMap<String, String>>() {}));
        } catch (JacksonException e) {
            throw unreadable(file, e);
        }
    }

    private static ZipmapException unreadable(Path file, JacksonException cause) {
        return new ZipmapException(Condition.INPUT_UNREADABLE, "Cannot read how a run was made: " + file)
                .because(cause);
    }

    static void pause(long millis) throws InterruptedIOException {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while waiting for the tables of a run");
        }
    }

    /** Makes this the current generation of the output. */
    public void write(FileSystem fs, Path output) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode json = mapper.createObjectNode().put(ID, id);
        json.set(OPTIONS, mapper.valueToTree(new TreeMap<>(options)));
        if (files != null) {
            json.set(FILES, mapper.valueToTree(files));
        }
        fs.mkdirs(new Path(output, RunOutput.METADATA_FOLDER));
        AtomicFiles.write(
                fs, file(output), mapper.writerWithDefaultPrettyPrinter().writeValueAsBytes(json));
    }

    /** Removes the current generation, so that the output has none. */
    public static void remove(FileSystem fs, Path output) throws IOException {
        fs.delete(file(output), false);
    }

    private static Path file(Path output) {
        return new Path(new Path(output, RunOutput.METADATA_FOLDER), FILE);
    }

    /** Equal generations have the same files: a reader of one can go on with the other. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RunGeneration that && id.equals(that.id) && isMoving() == that.isMoving();
    }

    @Override
    public int hashCode() {
        return Objects.hash(id, isMoving());
    }
}
