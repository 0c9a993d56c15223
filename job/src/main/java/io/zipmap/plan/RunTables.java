package io.zipmap.plan;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.fs.HadoopPaths;
import io.zipmap.options.Option;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** Finds and reads the tables of a {@link RunOutput}, also while they move to their places. Immutable. */
public final class RunTables {
    private final FileSystem fs;
    private final Path folder;
    private final @Nullable RunGeneration generation;
    private final Optional<String> format;

    RunTables(FileSystem fs, Path folder, @Nullable RunGeneration generation, Optional<String> format) {
        this.fs = fs;
        this.folder = folder;
        this.generation = generation;
        this.format = format;
    }

    /** Whether all tables exist that an output of any release has. */
    boolean exist() throws IOException {
        return haveAll(RunOutput.TABLES_OF_ALL_RELEASES);
    }

    /** Whether all tables exist that an output of this release has. */
    public boolean areComplete() throws IOException {
        return haveAll(RunOutput.TABLES);
    }

    private boolean haveAll(List<String> names) throws IOException {
        for (String name : names) {
            if (!has(name)) {
                return false;
            }
        }
        return true;
    }

    /** Whether a table exists; an older release may not have written it. */
    public boolean has(String table) throws IOException {
        return generation != null && generation.isMoving() && fs.exists(new Path(generation.nextFolder(folder), table))
                || fs.exists(new Path(folder, table));
    }

    /**
     * Reads a table.
     *
     * @param otherwise the format, if the output does not state it
     * @param schema of the columns, for formats that do not store their types
     * @throws ZipmapException {@code INPUT_UNREADABLE} if the table is not in this format
     */
    public Dataset<Row> read(SparkSession session, String name, String otherwise, StructType schema)
            throws IOException {
        String[] paths = paths(name).stream().map(Path::toString).toArray(String[]::new);
        String stated = format.orElse(otherwise);
        try {
            return load(session, stated, schema, paths);
        } catch (AnalysisException e) {
            throw new ZipmapException(
                            Condition.INPUT_UNREADABLE,
                            "Cannot read a table as " + stated + ": " + new Path(folder, name))
                    .advice("Give the " + Option.TABLE_FORMAT.mention() + " of that run.")
                    .because(e);
        }
    }

    /** Spark's reader throws AnalysisException without declaring it. */
    private static Dataset<Row> load(SparkSession session, String format, StructType schema, String[] paths)
            throws AnalysisException {
        return TextTables.holds(format)
                ? TextTables.read(session, format, schema, paths)
                : LiteralPaths.reader(session).format(format).load(paths);
    }

    /**
     * The folder of a table; while the table moves, its files, each where it is now. The source folder of the move is
     * listed: a file that has left it is in the target folder.
     */
    public List<Path> paths(String table) throws IOException {
        Path target = new Path(folder, table);
        if (generation == null || generation.files(table).isEmpty()) {
            return List.of(target);
        }
        Path source = new Path(generation.nextFolder(folder), table);
        Set<String> waiting = new HashSet<>();
        try {
            for (FileStatus file : fs.listStatus(source)) {
                waiting.add(file.getPath().getName());
            }
        } catch (FileNotFoundException e) {
            // All files have arrived.
            waiting.clear();
        }
        return generation.files(table).stream()
                .filter(name -> !name.startsWith("_") && !name.startsWith("."))
                .map(name -> HadoopPaths.child(waiting.contains(name) ? source : target, name))
                .toList();
    }
}
