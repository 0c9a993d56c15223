package io.zipmap.job.output;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.fs.HadoopPaths;
import io.zipmap.plan.RunOutput;
import java.io.IOException;
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

/** The tables that a former run published. Views of them stay those of one generation until they are made anew. */
public final class FormerViews {
    static final String DEFAULT_FORMAT = "parquet";

    private final SparkSession session;
    private RunOutput output;
    private final String format;

    private FormerViews(SparkSession session, RunOutput output, String format) {
        this.session = session;
        this.output = output;
        this.format = format;
    }

    /**
     * The former run that the inputs are; empty when they are archives.
     *
     * @param format of its tables, where they do not say it themselves
     * @throws ZipmapException {@code OPTION_INVALID} when there is more beside it; {@code INPUT_MISSING},
     *     {@code INPUT_UNREADABLE}
     */
    public static Optional<FormerViews> among(SparkSession session, List<String> inputs, String format)
            throws IOException {
        return RunOutput.among(session.sparkContext().hadoopConfiguration(), inputs)
                .map(output -> new FormerViews(session, output, format));
    }

    /** @throws ZipmapException {@code INPUT_MISSING} when a table is not there */
    public static FormerViews at(SparkSession session, String folder, String format) throws IOException {
        Configuration configuration = session.sparkContext().hadoopConfiguration();
        Path path = HadoopPaths.ofOutput(folder, configuration);
        RunOutput output = RunOutput.at(configuration, path)
                .orElseThrow(() -> new ZipmapException(
                                Condition.INPUT_MISSING, "Cannot find all tables of a former run: " + path)
                        .expected("the folders " + String.join(", ", Tables.NAMES))
                        .advice("Give the --output of a finished run."));
        return new FormerViews(session, output, format);
    }

    /**
     * Makes the tables temporary views, all of one generation.
     *
     * @throws ZipmapException {@code INPUT_UNREADABLE} when one of them is not in this format
     */
    public void register() throws IOException {
        output = output.readConsistently(now -> {
            for (String name : Tables.NAMES) {
                FormerTables.read(session, now, name, format).createOrReplaceTempView(name);
            }
            return now;
        });
    }

    /**
     * Makes the views anew when the tables were replaced since, or are just brought to their places.
     *
     * @return whether it did
     */
    public boolean renew() throws IOException {
        if (!output.mayHaveMoved()) {
            return false;
        }
        Optional<RunOutput> now = output.reopen();
        if (now.isEmpty()) {
            return false;
        }
        output = now.get();
        register();
        // It is made of the former view when a query asks for it.
        session.catalog().dropTempView(TotalStatsView.NAME);
        return true;
    }

    /** Whether a result comes from the files of the tables. */
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
