package io.zipmap.job.output;

import io.zipmap.archive.ArchiveRef;
import io.zipmap.job.extract.ExtractOutcome;
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
 * The archives that a run saw, as a table beside its tables: also those that gave neither an array nor a failure. The
 * contents are null where nobody can tell later that they are still the same, and empty where the directory could not
 * be read.
 */
public final class ArchivesTable {
    private static final StructType LISTED = new StructType()
            .add("archive", DataTypes.StringType, false)
            .add("archive_bytes", DataTypes.LongType, false)
            .add("version", DataTypes.StringType, false);

    private static final StructType SCHEMA = LISTED.add("contents", DataTypes.StringType);

    private ArchivesTable() {}

    /** Those that nobody has opened yet. */
    static Dataset<Row> listed(SparkSession session, JavaRDD<ArchiveRef> archives) {
        return session.createDataFrame(
                archives.map(ref -> RowFactory.create(ref.uri(), ref.length(), ref.version())), LISTED);
    }

    /** Those of which a run extracted. */
    public static Dataset<Row> of(SparkSession session, JavaRDD<ExtractOutcome> outcomes) {
        return session.createDataFrame(
                outcomes.flatMap(outcome ->
                        outcome.archive().map(ArchivesTable::row).stream().iterator()),
                SCHEMA);
    }

    private static Row row(ProcessedArchive seen) {
        ArchiveRef ref = seen.archive();
        return RowFactory.create(ref.uri(), ref.length(), ref.version(), seen.isSettled() ? ref.contentDigest() : null);
    }

    static ArchiveRef ref(Row row) {
        return new ArchiveRef(row.getAs("archive"), row.<Long>getAs("archive_bytes"), row.getAs("version"));
    }

    static void write(Dataset<Row> seen, Path folder) {
        seen.write().parquet(folder.toString());
    }

    static Dataset<Row> read(SparkSession session, RunOutput former) {
        return LiteralPaths.reader(session)
                .schema(SCHEMA)
                .parquet(former.archivesFolder().toString());
    }
}
