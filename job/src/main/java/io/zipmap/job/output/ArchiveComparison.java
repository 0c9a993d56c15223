package io.zipmap.job.output;

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
 * Compares the archives of an incremental run with those of the former run, and chooses the archives to process. The
 * planner calls {@link #choose} first; all other methods need its result. The result stays persisted until this is
 * closed.
 */
public final class ArchiveComparison implements Planner.ArchiveChoice, AutoCloseable {
    static final String ARCHIVE = ArchivesTable.ARCHIVE;
    /** The word of an {@link ArchiveChange}. */
    static final String CHANGE = "change";

    private static final String FORMER_BYTES = "former_bytes";
    private static final String FORMER_VERSION = "former_version";
    private static final String RETRY = "retry";

    /** Failures of the file system: access may work now, although the archive has not changed. */
    private static final Object[] SOURCE_FAILURES = {
        Condition.SOURCE_MISSING.label(),
        Condition.SOURCE_UNREADABLE.label(),
        Condition.SOURCE_CHANGED.label(),
        Condition.SOURCE_FAILED.label()
    };

    private final SparkSession session;
    private final StoreAccess access;
    private final RunOutput former;
    private @Nullable Dataset<Row> compared;

    /** @param access opens archives whose contents must be compared */
    public ArchiveComparison(SparkSession session, StoreAccess access, RunOutput former) {
        this.session = session;
        this.access = access;
        this.former = former;
    }

    /** Compares, and returns the archives to process. */
    @Override
    public JavaRDD<ArchiveRef> choose(JavaRDD<ArchiveRef> listed) throws IOException {
        Dataset<Row> before =
                ArchivesTable.read(session, former).toDF(ARCHIVE, FORMER_BYTES, FORMER_VERSION, ArchivesTable.CONTENTS);
        Dataset<Row> retries = Tables.read(session, former, RunOutput.FAILURES, Tables.DEFAULT_FORMAT)
                .where(col("condition").isin(SOURCE_FAILURES))
                .select(ARCHIVE)
                .distinct()
                .withColumn(RETRY, lit(true));
        Dataset<Row> byVersion = ArchivesTable.listed(session, listed)
                .join(before, using(), "full_outer")
                .join(retries, using(), "left_outer")
                .select(
                        col(ARCHIVE),
                        col(ArchivesTable.BYTES),
                        col(ArchivesTable.VERSION),
                        col(ArchivesTable.CONTENTS),
                        change(former.tables().areComplete()).as(CHANGE));
        Dataset<Row> changes = InternalRows.dataset(
                        session, byVersion.javaRDD().mapPartitions(new ArchiveContentsTask(access)), byVersion.schema())
                .persist(StorageLevel.MEMORY_AND_DISK_SER());
        compared = changes;
        return changes.where(col(CHANGE).isin(ArchiveChange.processedWords()))
                .javaRDD()
                .map(ArchivesTable::ref);
    }

    /**
     * Decides by length and version, without opening an archive.
     *
     * @param complete whether the former run wrote all tables; if it did not, no row of it can be carried over
     */
    private static Column change(boolean complete) {
        Column same = col(ArchivesTable.BYTES)
                .equalTo(col(FORMER_BYTES))
                .and(col(ArchivesTable.VERSION).equalTo(col(FORMER_VERSION)));
        return when(col(ArchivesTable.VERSION).isNull(), ArchiveChange.REMOVED.word())
                .when(col(FORMER_VERSION).isNull(), ArchiveChange.ADDED.word())
                .when(not(same), ArchiveChange.CHANGED.word())
                .when(
                        col(RETRY).or(col(ArchivesTable.CONTENTS).isNull()).or(lit(!complete)),
                        ArchiveChange.AGAIN.word())
                .otherwise(ArchiveChange.UNCHANGED.word());
    }

    static String[] using() {
        return new String[] {ARCHIVE};
    }

    private Dataset<Row> compared() {
        if (compared == null) {
            throw new IllegalStateException("The archives were not compared");
        }
        return compared;
    }

    /** Each archive of either run with its change. */
    Dataset<Row> changes() {
        return compared().select(ARCHIVE, CHANGE);
    }

    public ChangeCounts counts() {
        Map<String, Long> counts = new HashMap<>();
        compared().groupBy(CHANGE).count().collectAsList().forEach(row -> counts.put(row.getString(0), row.getLong(1)));
        return ChangeCounts.of(counts);
    }

    /** The unchanged archives, as rows of {@link ArchivesTable}. */
    public Dataset<Row> unchanged() {
        return compared().where(isUnchanged()).drop(CHANGE);
    }

    /** The rows of unchanged and removed archives in the tables of the former run. */
    public CarriedRows carriedRows() {
        return new CarriedRows(session, former, this);
    }

    static Column isUnchanged() {
        return col(CHANGE).equalTo(ArchiveChange.UNCHANGED.word());
    }

    @Override
    public void close() {
        if (compared != null) {
            compared.unpersist(false);
        }
    }
}
