package io.zipmap.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.fs.Inputs;
import io.zipmap.fs.ListingRoot;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * The folder that a run published: its tables, and beside them, in {@code _run}, what the next run has to know: the options
 * that the results depend on, and the archives that were seen. Immutable.
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

    private static final String OPTIONS = "options.json";

    private final Path folder;
    private final Map<String, String> options;

    private RunOutput(Path folder, Map<String, String> options) {
        this.folder = folder;
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
        FileSystem fs = folder.getFileSystem(configuration);
        for (String table : TABLES) {
            if (!fs.exists(new Path(folder, table))) {
                return Optional.empty();
            }
        }
        return Optional.of(new RunOutput(folder, readOptions(fs, new Path(new Path(folder, NOTES), OPTIONS))));
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

    /** Notes with which options the tables of an output that is being made are made. */
    public static void writeOptions(FileSystem fs, Path folder, Map<String, String> options) throws IOException {
        try (OutputStream out = fs.create(new Path(new Path(folder, NOTES), OPTIONS))) {
            out.write(new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(new TreeMap<>(options)));
        }
    }

    public Path folder() {
        return folder;
    }

    /** By option name; empty when the output does not say how it was made. */
    public Map<String, String> options() {
        return options;
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
            throws ZipmapException {
        Path path = new Path(folder, name);
        String format = format().orElse(otherwise);
        try {
            return read(session, format, schema, path);
        } catch (AnalysisException e) {
            throw new ZipmapException(Condition.INPUT_UNREADABLE, "Cannot read a table as " + format + ": " + path)
                    .advice("Give the --table-format that the run was told to write.")
                    .because(e);
        }
    }

    /** Spark's reader does not declare what it throws. */
    private static Dataset<Row> read(SparkSession session, String format, StructType schema, Path path)
            throws AnalysisException {
        return TextTables.holds(format)
                ? TextTables.read(session, format, schema, path.toString())
                : session.read().format(format).load(path.toString());
    }
}
