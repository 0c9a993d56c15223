package io.zipmap.job.output;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.fs.HadoopPaths;
import io.zipmap.plan.RunOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.execution.datasources.LogicalRelation;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The temporary views over the tables of a former run. All are of one generation; {@link #renew} replaces them after
 * another run has published. Not thread-safe.
 */
public final class FormerViews {
    private final SparkSession session;
    private RunOutput output;
    private final List<String> registered = new ArrayList<>();
    private final String format;

    private FormerViews(SparkSession session, RunOutput output, String format) {
        this.session = session;
        this.output = output;
        this.format = format;
    }

    /**
     * The views over the input, if it is the output of a run; empty if the inputs are archives.
     *
     * @param format used if the output does not state its format
     * @throws ZipmapException {@code OPTION_INVALID} if an output is not the only input; {@code INPUT_MISSING},
     *     {@code INPUT_UNREADABLE}
     */
    public static Optional<FormerViews> among(SparkSession session, List<String> inputs, String format)
            throws IOException {
        return RunOutput.among(session.sparkContext().hadoopConfiguration(), inputs)
                .map(output -> new FormerViews(session, output, format));
    }

    /** @throws ZipmapException {@code INPUT_MISSING} if a table does not exist */
    public static FormerViews at(SparkSession session, String folder, String format) throws IOException {
        Configuration configuration = session.sparkContext().hadoopConfiguration();
        Path path = HadoopPaths.ofOutput(folder, configuration);
        RunOutput output = RunOutput.at(configuration, path)
                .orElseThrow(() -> new ZipmapException(
                                Condition.INPUT_MISSING, "Cannot find all tables of a former run: " + path)
                        .expected("the folders " + String.join(", ", RunOutput.TABLES_OF_ALL_RELEASES))
                        .advice("Give the --output of a finished run."));
        return new FormerViews(session, output, format);
    }

    /**
     * Registers the views, all of one generation.
     *
     * @throws ZipmapException {@code INPUT_UNREADABLE} if a table is not in this format
     */
    public void register() throws IOException {
        output = output.readConsistently(current -> {
            registered.clear();
            for (String name : RunOutput.TABLES) {
                if (current.tables().has(name)) {
                    Tables.read(session, current, name, format).createOrReplaceTempView(name);
                    registered.add(name);
                } else {
                    session.catalog().dropTempView(name);
                }
            }
            return current;
        });
    }

    /** The names of the views. */
    public List<String> names() {
        return List.copyOf(registered);
    }

    /** The tables that an older release did not write. */
    public List<LazyView> absent() {
        return RunOutput.TABLES.stream()
                .filter(name -> !registered.contains(name))
                .<LazyView>map(name -> new AbsentTable(name, output.folder()))
                .toList();
    }

    /**
     * Registers the views again if the tables have been replaced, or are being moved.
     *
     * @return whether it did
     */
    public boolean renew() throws IOException {
        if (!output.mayHaveMoved()) {
            return false;
        }
        Optional<RunOutput> current = output.reopen();
        if (current.isEmpty()) {
            return false;
        }
        output = current.get();
        register();
        // The next query that names it makes it from the new column_stats.
        session.catalog().dropTempView(TotalStatsView.NAME);
        return true;
    }

    /** Whether {@code result} reads files of the tables. */
    public boolean isReadBy(Dataset<Row> result) {
        LogicalPlan plan = result.queryExecution().analyzed();
        return Stream.concat(Stream.of(plan), CollectionConverters.asJava(plan.subqueriesAll()).stream())
                .flatMap(part -> CollectionConverters.asJava(part.collectLeaves()).stream())
                .anyMatch(this::isTable);
    }

    private boolean isTable(LogicalPlan leaf) {
        return leaf instanceof LogicalRelation relation
                && relation.relation() instanceof HadoopFsRelation files
                && CollectionConverters.asJava(files.location().rootPaths()).stream()
                        .anyMatch(path -> path.toString().startsWith(output.folder() + "/"));
    }
}
