package io.zipmap.job.output;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import io.zipmap.Condition;
import io.zipmap.archive.ArchiveRef;
import io.zipmap.job.extract.TaskNode;
import io.zipmap.plan.ArchiveChoice;
import io.zipmap.plan.RunOutput;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.jspecify.annotations.Nullable;

/**
 * What a run takes from the tables of a former one: first the archives are compared, which chooses those that are to be
 * done, then the rows of the others are taken over. The comparison stays persisted until this is closed.
 */
public final class CarriedOver implements ArchiveChoice, AutoCloseable {
    private static final String ARCHIVE = "archive";
    private static final String CONTENTS = "contents";
    private static final String CHANGE = "change";
    private static final String REMOVED = "removed";
    private static final String AGAIN = "again";

    /** Failures that say nothing about the archive: rights and networks may have been mended without a trace in it. */
    private static final Object[] OF_SOURCE = {
        Condition.SOURCE_MISSING.label(),
        Condition.SOURCE_UNREADABLE.label(),
        Condition.SOURCE_CHANGED.label(),
        Condition.SOURCE_FAILED.label()
    };

    private final SparkSession session;
    private final TaskNode node;
    private final RunOutput former;
    private @Nullable Dataset<Row> compared;

    /** @param node the way to the archives */
    public CarriedOver(SparkSession session, TaskNode node, RunOutput former) {
        this.session = session;
        this.node = node;
        this.former = former;
    }

    @Override
    public JavaRDD<ArchiveRef> of(JavaRDD<ArchiveRef> listed) throws IOException {
        Dataset<Row> now = SeenArchives.listed(session, listed);
        Dataset<Row> before =
                SeenArchives.read(session, former).toDF(ARCHIVE, "former_bytes", "former_version", CONTENTS);
        Dataset<Row> again = table(RunOutput.FAILURES)
                .where(col("condition").isin(OF_SOURCE))
                .select(ARCHIVE)
                .distinct()
                .withColumn(AGAIN, lit(true));
        Column same = col("archive_bytes")
                .equalTo(col("former_bytes"))
                .and(col("version").equalTo(col("former_version")));
        Column change = when(col("version").isNull(), Change.REMOVED.word())
                .when(col("former_version").isNull(), Change.ADDED.word())
                .when(not(same), Change.CHANGED.word())
                .when(col(AGAIN).or(col(CONTENTS).isNull()), Change.AGAIN.word())
                .otherwise(Change.UNCHANGED.word());
        Dataset<Row> byTimes = now.join(before, using(), "full_outer")
                .join(again, using(), "left_outer")
                .select(col(ARCHIVE), col("archive_bytes"), col("version"), col(CONTENTS), change.as(CHANGE));
        Dataset<Row> changes = session.createDataFrame(
                        byTimes.javaRDD().mapPartitions(new SameContentsTask(node)), byTimes.schema())
                .persist(StorageLevel.MEMORY_AND_DISK());
        compared = changes;
        return changes.where(col(CHANGE).isin(Change.done())).javaRDD().map(SeenArchives::ref);
    }

    private static String[] using() {
        return new String[] {ARCHIVE};
    }

    private Dataset<Row> compared() {
        if (compared == null) {
            throw new IllegalStateException("The archives were not compared");
        }
        return compared;
    }

    public Changes changes() {
        Map<String, Long> counts = new HashMap<>();
        compared().groupBy(CHANGE).count().collectAsList().forEach(row -> counts.put(row.getString(0), row.getLong(1)));
        return new Changes(
                counts.getOrDefault(Change.UNCHANGED.word(), 0L),
                counts.getOrDefault(Change.ADDED.word(), 0L),
                counts.getOrDefault(Change.CHANGED.word(), 0L),
                counts.getOrDefault(Change.AGAIN.word(), 0L),
                counts.getOrDefault(Change.REMOVED.word(), 0L));
    }

    /** The archives that did not change, as {@link SeenArchives} has them. */
    public Dataset<Row> seen() {
        return compared().where(col(CHANGE).equalTo(Change.UNCHANGED.word())).drop(CHANGE);
    }

    /** Rows of archives that did not change; in {@code arrays} also those of archives that are gone, which say so. */
    public Dataset<Row> rows(String name) throws IOException {
        Dataset<Row> rows = table(name);
        Dataset<Row> changes = compared().select(ARCHIVE, CHANGE);
        if (!name.equals(RunOutput.ARRAYS)) {
            Dataset<Row> unchanged = changes.where(col(CHANGE).equalTo(Change.UNCHANGED.word()));
            return rows.join(unchanged, using(), "left_semi");
        }
        Column change = coalesce(col(CHANGE), lit(Change.REMOVED.word()));
        return rows.join(changes, using(), "left_outer")
                .where(not(change.isin(Change.done())))
                .withColumn(REMOVED, change.equalTo(Change.REMOVED.word()))
                .drop(CHANGE);
    }

    /** With the rows of {@code table}, which this run made. */
    public Dataset<Row> with(String name, Dataset<Row> table) throws IOException {
        return table.unionByName(rows(name));
    }

    private Dataset<Row> table(String name) throws IOException {
        return FormerTables.read(session, former, name, FormerRun.DEFAULT_FORMAT);
    }

    @Override
    public void close() {
        if (compared != null) {
            compared.unpersist(false);
        }
    }
}
