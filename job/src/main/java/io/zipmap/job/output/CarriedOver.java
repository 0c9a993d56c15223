package io.zipmap.job.output;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import io.zipmap.Condition;
import io.zipmap.archive.ArchiveRef;
import io.zipmap.plan.Planner;
import io.zipmap.plan.RunOutput;
import io.zipmap.plan.StoreAccess;
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
public final class CarriedOver implements Planner.ArchiveChoice, AutoCloseable {
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
    private final StoreAccess access;
    private final RunOutput former;
    private @Nullable Dataset<Row> compared;

    /** @param node the way to the archives */
    public CarriedOver(SparkSession session, StoreAccess access, RunOutput former) {
        this.session = session;
        this.access = access;
        this.former = former;
    }

    @Override
    public JavaRDD<ArchiveRef> choose(JavaRDD<ArchiveRef> listed) throws IOException {
        Dataset<Row> now = ArchivesTable.listed(session, listed);
        Dataset<Row> before =
                ArchivesTable.read(session, former).toDF(ARCHIVE, "former_bytes", "former_version", CONTENTS);
        Dataset<Row> again = table(RunOutput.FAILURES)
                .where(col("condition").isin(OF_SOURCE))
                .select(ARCHIVE)
                .distinct()
                .withColumn(AGAIN, lit(true));
        Column same = col("archive_bytes")
                .equalTo(col("former_bytes"))
                .and(col("version").equalTo(col("former_version")));
        Column change = when(col("version").isNull(), ArchiveChange.REMOVED.word())
                .when(col("former_version").isNull(), ArchiveChange.ADDED.word())
                .when(not(same), ArchiveChange.CHANGED.word())
                .when(col(AGAIN).or(col(CONTENTS).isNull()), ArchiveChange.AGAIN.word())
                .otherwise(ArchiveChange.UNCHANGED.word());
        Dataset<Row> byTimes = now.join(before, using(), "full_outer")
                .join(again, using(), "left_outer")
                .select(col(ARCHIVE), col("archive_bytes"), col("version"), col(CONTENTS), change.as(CHANGE));
        Dataset<Row> changes = session.createDataFrame(
                        byTimes.javaRDD().mapPartitions(new ArchiveContentsTask(access)), byTimes.schema())
                .persist(StorageLevel.MEMORY_AND_DISK());
        compared = changes;
        return changes.where(col(CHANGE).isin(ArchiveChange.done())).javaRDD().map(ArchivesTable::ref);
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

    public ChangeCounts changes() {
        Map<String, Long> counts = new HashMap<>();
        compared().groupBy(CHANGE).count().collectAsList().forEach(row -> counts.put(row.getString(0), row.getLong(1)));
        return new ChangeCounts(
                counts.getOrDefault(ArchiveChange.UNCHANGED.word(), 0L),
                counts.getOrDefault(ArchiveChange.ADDED.word(), 0L),
                counts.getOrDefault(ArchiveChange.CHANGED.word(), 0L),
                counts.getOrDefault(ArchiveChange.AGAIN.word(), 0L),
                counts.getOrDefault(ArchiveChange.REMOVED.word(), 0L));
    }

    /** The archives that did not change, as {@link ArchivesTable} has them. */
    public Dataset<Row> seen() {
        return compared()
                .where(col(CHANGE).equalTo(ArchiveChange.UNCHANGED.word()))
                .drop(CHANGE);
    }

    /** Rows of archives that did not change; in {@code arrays} also those of archives that are gone, which say so. */
    public Dataset<Row> rows(String name) throws IOException {
        Dataset<Row> rows = table(name);
        Dataset<Row> changes = compared().select(ARCHIVE, CHANGE);
        if (!name.equals(RunOutput.ARRAYS)) {
            Dataset<Row> unchanged = changes.where(col(CHANGE).equalTo(ArchiveChange.UNCHANGED.word()));
            return rows.join(unchanged, using(), "left_semi");
        }
        Column change = coalesce(col(CHANGE), lit(ArchiveChange.REMOVED.word()));
        return rows.join(changes, using(), "left_outer")
                .where(not(change.isin(ArchiveChange.done())))
                .withColumn(REMOVED, change.equalTo(ArchiveChange.REMOVED.word()))
                .drop(CHANGE);
    }

    /** With the rows of {@code table}, which this run made. */
    public Dataset<Row> with(String name, Dataset<Row> table) throws IOException {
        return table.unionByName(rows(name));
    }

    private Dataset<Row> table(String name) throws IOException {
        return FormerTables.read(session, former, name, FormerViews.DEFAULT_FORMAT);
    }

    @Override
    public void close() {
        if (compared != null) {
            compared.unpersist(false);
        }
    }
}
