package io.zipmap.plan;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.fs.AtomicFiles;
import java.io.FileNotFoundException;
import java.io.IOException;
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
 * One publication of the tables of an output, as {@code _run/generation.json} names it. While its tables are brought to
 * their places it is moving: then each of its files is in {@code _run/next-ID} or in its place already. Immutable.
 */
public final class Generation {
    private static final String FILE = "generation.json";
    private static final String ID = "id";
    private static final String FILES = "moving";
    private static final String OPTIONS = "options";

    /** A file that was just created may be read before its text is there. */
    private static final int ATTEMPTS = 20;

    private static final long NAP = 50;

    private final String id;
    private final @Nullable Map<String, List<String>> files;
    private final Map<String, String> options;

    private Generation(String id, @Nullable Map<String, List<String>> files, Map<String, String> options) {
        this.id = id;
        this.files = files;
        this.options = options;
    }

    /** @param options with which the tables were made */
    public static Generation whole(String id, Map<String, String> options) {
        return new Generation(id, null, Map.copyOf(options));
    }

    /** This one, with all its tables in {@link #next}, complete. */
    public Generation moving(FileSystem fs, Path output) throws IOException {
        Map<String, List<String>> names = new TreeMap<>();
        for (String table : RunOutput.TABLES) {
            List<String> some = new ArrayList<>();
            for (FileStatus file : fs.listStatus(new Path(next(output), table))) {
                some.add(file.getPath().getName());
            }
            names.put(table, some);
        }
        return new Generation(id, names, options);
    }

    public Generation arrived() {
        return whole(id, options);
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

    /** The files of a table of a generation that is moving. */
    public List<String> files(String table) {
        return files == null ? List.of() : files.getOrDefault(table, List.of());
    }

    /** Where its tables are made. */
    public Path next(Path output) {
        return new Path(new Path(output, RunOutput.NOTES), "next-" + id);
    }

    /** Where the tables go that it replaces, until the generation after it. */
    public Path former(Path output) {
        return new Path(new Path(output, RunOutput.NOTES), "former-" + id);
    }

    /** The archives that its run saw. */
    public Path archives(Path output) {
        return new Path(new Path(output, RunOutput.NOTES), "archives-" + id);
    }

    /** The generation that the output is of; empty when there is none, or it was made before there were generations. */
    public static Optional<Generation> of(FileSystem fs, Path output) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                return Optional.of(parse(AtomicFiles.read(fs, file(output))));
            } catch (FileNotFoundException e) {
                return Optional.empty();
            } catch (JacksonException e) {
                if (attempt == ATTEMPTS) {
                    throw new ZipmapException(
                                    Condition.INPUT_UNREADABLE, "Cannot read how a run was made: " + file(output))
                            .because(e);
                }
            }
            RunOutput.nap(NAP);
        }
    }

    private static Generation parse(byte[] text) throws IOException {
        JsonNode json = new ObjectMapper().readTree(text);
        Map<String, String> options = new TreeMap<>();
        json.path(OPTIONS)
                .fields()
                .forEachRemaining(
                        one -> options.put(one.getKey(), one.getValue().asText()));
        if (!json.has(FILES)) {
            return whole(json.path(ID).asText(), options);
        }
        Map<String, List<String>> files = new TreeMap<>();
        for (String table : RunOutput.TABLES) {
            List<String> names = new ArrayList<>();
            json.path(FILES).path(table).forEach(name -> names.add(name.asText()));
            files.put(table, names);
        }
        return new Generation(json.path(ID).asText(), files, options);
    }

    /** Makes it the one that the output is of. */
    public void write(FileSystem fs, Path output) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode json = mapper.createObjectNode().put(ID, id);
        json.set(OPTIONS, mapper.valueToTree(new TreeMap<>(options)));
        if (files != null) {
            json.set(FILES, mapper.valueToTree(files));
        }
        fs.mkdirs(new Path(output, RunOutput.NOTES));
        AtomicFiles.write(
                fs, file(output), mapper.writerWithDefaultPrettyPrinter().writeValueAsBytes(json));
    }

    /** Leaves the output as one of before there were generations. */
    public static void remove(FileSystem fs, Path output) throws IOException {
        fs.delete(file(output), false);
    }

    private static Path file(Path output) {
        return new Path(new Path(output, RunOutput.NOTES), FILE);
    }

    /** Whether a reader of one may go on as a reader of the other. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Generation that && id.equals(that.id) && isMoving() == that.isMoving();
    }

    @Override
    public int hashCode() {
        return Objects.hash(id, isMoving());
    }
}
