package io.zipmap.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.fs.HadoopPaths;
import io.zipmap.fs.Inputs;
import io.zipmap.fs.ListingRoot;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkException;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * The folder that a run published: its tables, and beside them, in {@code _run}, what the next run has to know: the
 * options that the results depend on, and the archives that were seen. Immutable.
 */
public final class RunOutput {
    public static final String ARRAYS = "arrays";
    public static final String COLUMN_STATS = "column_stats";
    public static final String FAILURES = "failures";
    public static final List<String> TABLES = List.of(ARRAYS, COLUMN_STATS, FAILURES);
    /** Begins as all that Spark takes for hidden. */
    public static final String NOTES = "_run";

    /** The option that tells the format of the tables. */
    private static final String FORMAT = "tableFormat";

    /** In outputs of before there were generations. */
    private static final String OPTIONS = "options.json";

    private static final String ARCHIVES = "archives";

    /** How often a reader begins again when the tables are replaced under it. */
    private static final int ATTEMPTS = 30;

    private static final long NAP = 200;

    private final FileSystem fs;
    private final Path folder;
    private final @Nullable Generation generation;
    private final Map<String, String> options;

    private RunOutput(FileSystem fs, Path folder, @Nullable Generation generation, Map<String, String> options) {
        this.fs = fs;
        this.folder = folder;
        this.generation = generation;
        this.options = options;
    }

    /**
     * The output that is the input; empty when archives are.
     *
     * @throws ZipmapException {@code OPTION_INVALID} when there is more beside an output; as {@link Inputs#roots}
     */
    public static Optional<RunOutput> among(Configuration configuration, List<String> inputs) throws IOException {
        for (String input : inputs) {
            Optional<RunOutput> output = of(configuration, input);
            if (output.isPresent() && inputs.size() > 1) {
                throw new ZipmapException(
                                Condition.OPTION_INVALID,
                                "Cannot open the output of a run together with other inputs: " + input)
                        .advice("Give it alone.");
            }
            if (output.isPresent()) {
                return output;
            }
        }
        return Optional.empty();
    }

    private static Optional<RunOutput> of(Configuration configuration, String input) throws IOException {
        if (input.startsWith(Planner.LIST)) {
            return Optional.empty();
        }
        List<ListingRoot> roots = new Inputs(configuration).roots(input);
        return roots.size() == 1 && roots.get(0).isPlainFolder()
                ? at(configuration, new Path(URI.create(roots.get(0).uri())))
                : Optional.empty();
    }

    /** Empty where there is no folder with all three tables. */
    public static Optional<RunOutput> at(Configuration configuration, Path folder) throws IOException {
        return at(folder.getFileSystem(configuration), folder);
    }

    private static Optional<RunOutput> at(FileSystem fs, Path folder) throws IOException {
        for (int attempt = 1; ; attempt++) {
            Optional<Generation> generation = Generation.of(fs, folder);
            RunOutput output = new RunOutput(
                    fs,
                    folder,
                    generation.orElse(null),
                    generation.isPresent()
                            ? generation.get().options()
                            : readOptions(fs, new Path(new Path(folder, NOTES), OPTIONS)));
            if (output.hasTables()) {
                return Optional.of(output);
            }
            if (attempt == ATTEMPTS || output.isCurrent() && !output.isMoving()) {
                return Optional.empty();
            }
            nap(NAP);
        }
    }

    private boolean hasTables() throws IOException {
        for (String table : TABLES) {
            boolean there =
                    generation != null && generation.isMoving() && fs.exists(new Path(generation.next(folder), table))
                            || fs.exists(new Path(folder, table));
            if (!there) {
                return false;
            }
        }
        return true;
    }

    private boolean isMoving() {
        return generation != null && generation.isMoving();
    }

    /** Whether the tables are still those that this speaks of. */
    public boolean isCurrent() throws IOException {
        return Generation.of(fs, folder).equals(Optional.ofNullable(generation));
    }

    /** What is there now; empty when nothing is. */
    public Optional<RunOutput> again() throws IOException {
        return at(fs, folder);
    }

    /** What is done with the tables of one generation. */
    public interface Reader<T> {
        /** The errors of Spark are those that it throws without declaring them. */
        T read(RunOutput output) throws IOException, SparkException, AnalysisException;
    }

    /**
     * Reads, and reads again when another generation came to its place meanwhile, so that no result is of two of them.
     */
    public <T> T read(Reader<T> reader) throws IOException {
        RunOutput now = this;
        for (int attempt = 1; ; attempt++) {
            try {
                T result = reader.read(now);
                if (now.isCurrent()) {
                    return result;
                }
            } catch (IOException | SparkException | AnalysisException e) {
                if (attempt == ATTEMPTS || !now.mayHaveMoved()) {
                    throw e instanceof IOException io ? io : unreadable(e);
                }
            }
            if (attempt == ATTEMPTS) {
                throw new ZipmapException(
                        Condition.INPUT_CHANGED, "Cannot read tables that are replaced again and again: " + folder);
            }
            nap(now.isMoving() ? NAP : 0);
            now = at(fs, folder)
                    .orElseThrow(() -> new ZipmapException(
                            Condition.INPUT_MISSING, "Cannot find the tables of a run any longer: " + folder));
        }
    }

    /** Whether a file of it that is missing says nothing. */
    public boolean mayHaveMoved() throws IOException {
        return isMoving() || !isCurrent();
    }

    private ZipmapException unreadable(Exception cause) {
        return new ZipmapException(Condition.INPUT_UNREADABLE, "Cannot read the tables of a run: " + folder)
                .actual(String.valueOf(cause.getMessage()).lines().findFirst().orElse(""))
                .because(cause);
    }

    static void nap(long millis) throws InterruptedIOException {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while waiting for the tables of a run");
        }
    }

    private static Map<String, String> readOptions(FileSystem fs, Path file) throws IOException {
        if (!fs.exists(file)) {
            return Map.of();
        }
        try (InputStream in = fs.open(file)) {
            return Map.copyOf(new ObjectMapper().readValue(in, new TypeReference<TreeMap<String, String>>() {}));
        } catch (JsonProcessingException e) {
            throw new ZipmapException(Condition.INPUT_UNREADABLE, "Cannot read how a run was made: " + file).because(e);
        }
    }

    public Path folder() {
        return folder;
    }

    /** By option name; empty when the output does not say how it was made. */
    public Map<String, String> options() {
        return options;
    }

    /** The folder of the archives that the run saw. */
    public Path archives() {
        return generation == null ? new Path(new Path(folder, NOTES), ARCHIVES) : generation.archives(folder);
    }

    /** Of the tables. */
    public Optional<String> format() {
        return Optional.ofNullable(options.get(FORMAT));
    }

    /**
     * Reads a table.
     *
     * @param otherwise its format, where the output does not say it
     * @param schema of its columns, for formats that do not carry their types
     * @throws ZipmapException {@code INPUT_UNREADABLE} when it is not in this format
     */
    public Dataset<Row> table(SparkSession session, String name, String otherwise, StructType schema)
            throws IOException {
        String[] paths = places(name).stream().map(Path::toString).toArray(String[]::new);
        String format = format().orElse(otherwise);
        try {
            return read(session, format, schema, paths);
        } catch (AnalysisException e) {
            throw new ZipmapException(
                            Condition.INPUT_UNREADABLE,
                            "Cannot read a table as " + format + ": " + new Path(folder, name))
                    .advice("Give the --table-format that the run was told to write.")
                    .because(e);
        }
    }

    /**
     * The folder of a table. Of one that is moving, its files, each where it is: a file that has left the one folder
     * when that is listed is in the other.
     */
    public List<Path> places(String table) throws IOException {
        Path place = new Path(folder, table);
        if (generation == null || generation.files(table).isEmpty()) {
            return List.of(place);
        }
        Path next = new Path(generation.next(folder), table);
        Set<String> waiting = new HashSet<>();
        try {
            for (FileStatus file : fs.listStatus(next)) {
                waiting.add(file.getPath().getName());
            }
        } catch (FileNotFoundException e) {
            // All have arrived.
            waiting.clear();
        }
        return generation.files(table).stream()
                .filter(name -> !name.startsWith("_") && !name.startsWith("."))
                .map(name -> HadoopPaths.child(waiting.contains(name) ? next : place, name))
                .toList();
    }

    /** Spark's reader does not declare what it throws. */
    private static Dataset<Row> read(SparkSession session, String format, StructType schema, String[] paths)
            throws AnalysisException {
        return TextTables.holds(format)
                ? TextTables.read(session, format, schema, paths)
                : LiteralPaths.reader(session).format(format).load(paths);
    }
}
