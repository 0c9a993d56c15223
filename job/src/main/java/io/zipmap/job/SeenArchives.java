package io.zipmap.job;

import io.zipmap.archive.ArchiveRef;
import io.zipmap.plan.RunOutput;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The archives that a run saw, as a table beside its tables: also those that gave neither an array nor a failure. */
final class SeenArchives {
    private static final String FOLDER = RunOutput.NOTES + "/archives";

    private static final StructType SCHEMA = new StructType()
            .add("archive", DataTypes.StringType, false)
            .add("archive_bytes", DataTypes.LongType, false)
            .add("version", DataTypes.StringType, false);

    private SeenArchives() {}

    static Dataset<Row> of(SparkSession session, JavaRDD<ArchiveRef> archives) {
        return session.createDataFrame(
                archives.map(ref -> RowFactory.create(ref.uri(), ref.length(), ref.version())), SCHEMA);
    }

    static ArchiveRef ref(Row row) {
        return new ArchiveRef(row.getAs("archive"), row.<Long>getAs("archive_bytes"), row.getAs("version"));
    }

    static void write(Dataset<Row> seen, Path output) {
        seen.write().parquet(new Path(output, FOLDER).toString());
    }

    static Dataset<Row> read(SparkSession session, RunOutput former) {
        return session.read().schema(SCHEMA).parquet(new Path(former.folder(), FOLDER).toString());
    }
}
