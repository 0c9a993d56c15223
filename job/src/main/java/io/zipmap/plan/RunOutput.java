package io.zipmap.plan;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.fs.Inputs;
import io.zipmap.fs.ListingRoot;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkException;
import org.apache.spark.sql.AnalysisException;
import org.jspecify.annotations.Nullable;

/**
 * The folder that a run published, as it was when this was opened. It contains the tables, and in {@code _run} what the
 * next run needs: the options that decide the results, and the archives that the run saw. Another run may replace the
 * tables at any time; {@link #readConsistently} then reads again. Immutable.
 */
public final class RunOutput {
    public static final String ARRAYS = "arrays";
    public static final String COLUMN_STATS = "column_stats";
    public static final String ARRAY_STATS = "array_stats";
    public static final String FAILURES = "failures";
    public static final List<String> TABLES = List.of(ARRAYS, COLUMN_STATS, ARRAY_STATS, FAILURES);

    /** The tables of an output of any release: older ones wrote no {@code array_stats}. */
    public static final List<String> TABLES_OF_ALL_RELEASES = List.of(ARRAYS, COLUMN_STATS, FAILURES);

    /** The name starts with an underscore, so Spark takes the folder for hidden. */
    public static final String METADATA_FOLDER = "_run";

    /** The folder of the page that the run leaves. An output may have none. */
    public static final String REPORT_FOLDER = "_report";

    public static final String REPORT_FILE = "index.html";

    /** The folders that are published together. */
    public static final List<String> FOLDERS = List.of(ARRAYS, COLUMN_STATS, ARRAY_STATS, FAILURES, REPORT_FOLDER);

    /** The option that states the format of the tables. */
    private static final String FORMAT = "tableFormat";

    /** The archives of an output without a generation. */
    private static final String ARCHIVES = "archives";

    /** How often a reader starts again if the tables are replaced meanwhile. */
    private static final int ATTEMPTS = 30;

    private static final long PAUSE_MILLIS = 200;

    private final FileSystem fs;
    private final Path folder;
    private final @Nullable RunGeneration generation;
    private final Map<String, String> options;

    private RunOutput(FileSystem fs, Path folder, @Nullable RunGeneration generation, Map<String, String> options) {
        this.fs = fs;
        this.folder = folder;
        this.generation = generation;
        this.options = options;
    }

    /**
     * Opens the output of a run that is the only input.
     *
     * @return empty if the inputs are archives
     * @throws ZipmapException {@code OPTION_INVALID} if an output is given together with other inputs; as
     *     {@link Inputs#roots}
     */
    public static Optional<RunOutput> among(Configuration configuration, List<String> inputs) throws IOException {
        for (String input : inputs) {
            Optional<RunOutput> output = ofInput(configuration, input);
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

    private static Optional<RunOutput> ofInput(Configuration configuration, String input) throws IOException {
        if (input.startsWith(Planner.LIST)) {
            return Optional.empty();
        }
        List<ListingRoot> roots = new Inputs(configuration).roots(input);
        return roots.size() == 1 && roots.get(0).isPlainFolder()
                ? at(configuration, new Path(URI.create(roots.get(0).uri())))
                : Optional.empty();
    }

    /** Opens the output in a folder; empty if the folder does not contain all tables. */
    public static Optional<RunOutput> at(Configuration configuration, Path folder) throws IOException {
        return open(folder.getFileSystem(configuration), folder);
    }

    private static Optional<RunOutput> open(FileSystem fs, Path folder) throws IOException {
        for (int attempt = 1; ; attempt++) {
            Optional<RunGeneration> generation = RunGeneration.read(fs, folder);
            Map<String, String> options = generation.isPresent()
                    ? generation.get().options()
                    : RunGeneration.readOptionsWithoutGeneration(fs, folder);
            RunOutput output = new RunOutput(fs, folder, generation.orElse(null), options);
            if (output.tables().exist()) {
                return Optional.of(output);
            }
            if (attempt == ATTEMPTS || output.isCurrent() && !output.isMoving()) {
                return Optional.empty();
            }
            RunGeneration.pause(PAUSE_MILLIS);
        }
    }

    private boolean isMoving() {
        return generation != null && generation.isMoving();
    }

    /** Whether the output still is this generation. */
    private boolean isCurrent() throws IOException {
        return RunGeneration.read(fs, folder).equals(Optional.ofNullable(generation));
    }

    /** Whether a missing file of this output may only have moved: tables are moving, or were replaced. */
    public boolean mayHaveMoved() throws IOException {
        return isMoving() || !isCurrent();
    }

    /** Opens the output as it is now; empty if it is gone. */
    public Optional<RunOutput> reopen() throws IOException {
        return open(fs, folder);
    }

    /** Reads the tables of one generation. */
    public interface Reader<T> {
        /** Spark throws its exceptions without declaring them. */
        T read(RunOutput output) throws IOException, SparkException, AnalysisException;
    }

    /**
     * Reads the tables so that the result is of one generation. If another generation replaces the tables meanwhile,
     * the result is dropped and the new tables are read.
     *
     * @throws ZipmapException {@code INPUT_CHANGED}, {@code INPUT_MISSING}, {@code INPUT_UNREADABLE}
     */
    public <T> T readConsistently(Reader<T> reader) throws IOException {
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
                        Condition.INPUT_CHANGED, "Cannot read tables that other runs replace too often: " + folder);
            }
            RunGeneration.pause(now.isMoving() ? PAUSE_MILLIS : 0);
            now = reopen().orElseThrow(() ->
                    new ZipmapException(Condition.INPUT_MISSING, "Cannot find the tables of a run: " + folder));
        }
    }

    private ZipmapException unreadable(Exception cause) {
        return new ZipmapException(Condition.INPUT_UNREADABLE, "Cannot read the tables of a run: " + folder)
                .actual(String.valueOf(cause.getMessage()).lines().findFirst().orElse(""))
                .because(cause);
    }

    public RunTables tables() {
        return new RunTables(fs, folder, generation, format());
    }

    public Path folder() {
        return folder;
    }

    /** The options that the results depend on, by option name; empty if the output does not state them. */
    public Map<String, String> options() {
        return options;
    }

    /** The folder of the table of archives that the run saw. */
    public Path archivesFolder() {
        return generation == null
                ? new Path(new Path(folder, METADATA_FOLDER), ARCHIVES)
                : generation.archivesFolder(folder);
    }

    /** The format of the tables; empty if the output does not state it. */
    public Optional<String> format() {
        return Optional.ofNullable(options.get(FORMAT));
    }
}
