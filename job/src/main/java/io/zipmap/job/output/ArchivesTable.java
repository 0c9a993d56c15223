package io.zipmap.job.output;

import io.zipmap.archive.ArchiveRef;
import io.zipmap.job.extract.ArrayRecords;
import io.zipmap.job.extract.ProcessedArchive;
import io.zipmap.plan.LiteralPaths;
import io.zipmap.plan.RunOutput;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The hidden table of the archives that a run processed, also of those without an array or a failure. The next
 * incremental run compares its archives with it. The column {@code contents} is null if an equal version does not prove
 * an equal archive, and empty if the directory could not be read.
 */
public final class ArchivesTable {
    static final String ARCHIVE = "archive";
    static final String BYTES = "archive_bytes";
    static final String VERSION = "version";
    static final String CONTENTS = "contents";

    private static final StructType LISTED = new StructType()
            .add(ARCHIVE, DataTypes.StringType, false)
            .add(BYTES, DataTypes.LongType, false)
            .add(VERSION, DataTypes.StringType, false);

    private static final StructType SCHEMA = LISTED.add(CONTENTS, DataTypes.StringType);

    private ArchivesTable() {}

    /** The archives of a listing, without contents, because none of them has been opened. */
    static Dataset<Row> listed(SparkSession session, JavaRDD<ArchiveRef> archives) {
        return InternalRows.dataset(
                session, archives.map(ref -> RowFactory.create(ref.uri(), ref.length(), ref.version())), LISTED);
    }

    /** The archives that the extract stage processed. */
    public static Dataset<Row> processed(SparkSession session, ArrayRecords records) {
        return InternalRows.dataset(
                session,
                records.outcomes()
                        .coalesce(Tables.files(records))
                        .flatMap(outcome -> outcome.archive().map(ArchivesTable::row).stream()
                                .iterator()),
                SCHEMA);
    }

    private static Row row(ProcessedArchive processed) {
        ArchiveRef ref = processed.archive();
        return RowFactory.create(
                ref.uri(), ref.length(), ref.version(), processed.isSettled() ? ref.contentDigest() : null);
    }

    static ArchiveRef ref(Row row) {
        return new ArchiveRef(row.getAs(ARCHIVE), row.<Long>getAs(BYTES), row.getAs(VERSION));
    }

    static void write(Dataset<Row> archives, Path folder) {
        archives.write().options(TableWriter.localOptions(archives)).parquet(folder.toString());
    }

    static Dataset<Row> read(SparkSession session, RunOutput former) {
        return LiteralPaths.reader(session)
                .schema(SCHEMA)
                .parquet(former.archivesFolder().toString());
    }
}
