package io.zipmap.job.output;

import io.zipmap.job.extract.ArrayRecords;
import io.zipmap.job.stats.Aggregation;
import io.zipmap.job.stats.ReadCounts;
import io.zipmap.job.stats.TileKey;
import io.zipmap.store.ArrayRecord;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The table {@code arrays}: one row for each record. */
public final class ArraysTable {
    /** Whether the archive is gone; an incremental run keeps the rows of such archives. */
    static final String REMOVED = "removed";

    static final StructType SCHEMA = new StructType()
            .add("archive", DataTypes.StringType, false)
            .add("entry", DataTypes.StringType)
            .add("host", DataTypes.StringType, false)
            .add("path", DataTypes.StringType, false)
            .add("offset", DataTypes.LongType, false)
            .add("bytes", DataTypes.LongType, false)
            .add("dtype", DataTypes.StringType, false)
            .add("shape", DataTypes.createArrayType(DataTypes.LongType, false), false)
            .add("order", DataTypes.StringType, false)
            .add("rows", DataTypes.LongType, false)
            .add("columns", DataTypes.LongType, false)
            .add("method", DataTypes.StringType, false)
            .add("crc32", DataTypes.LongType)
            .add("version", DataTypes.StringType, false)
            .add("placed", DataTypes.StringType, false)
            .add("local_reads", DataTypes.LongType, false)
            .add("healed_reads", DataTypes.LongType, false)
            .add("archive_bytes", DataTypes.LongType, false)
            .add("entry_index", DataTypes.IntegerType, false)
            .add(REMOVED, DataTypes.BooleanType, false);

    private ArraysTable() {}

    /** The arrays as they were extracted, before the map stage: all counts of reads are 0. */
    public static Dataset<Row> extracted(SparkSession session, ArrayRecords records) {
        JavaRDD<Row> rows = records.rdd().map(record -> row(record, ReadCounts.NONE));
        return InternalRows.dataset(session, rows.coalesce(Tables.files(records)), SCHEMA);
    }

    /** The arrays with the reads of the map stage. */
    public static Dataset<Row> aggregated(SparkSession session, ArrayRecords records, Aggregation aggregation) {
        JavaRDD<Row> rows = records.rdd()
                .keyBy(TileKey::arrayKey)
                .leftOuterJoin(aggregation.reads(), Tables.files(records))
                .values()
                .map(array -> row(array._1(), array._2().orElse(ReadCounts.NONE)));
        return InternalRows.dataset(session, rows, SCHEMA);
    }

    private static Row row(ArrayRecord record, ReadCounts reads) {
        return RowFactory.create(
                record.archive().uri(),
                record.entry(),
                record.host(),
                record.path(),
                record.offset(),
                record.bytes(),
                record.layout().dtype().toString(),
                record.layout().shape().toArray(),
                record.layout().order().letter(),
                record.layout().shape().rows(),
                record.layout().shape().columns(),
                record.method(),
                record.crc32() < 0 ? null : record.crc32(),
                record.archive().generation(),
                record.placed().label(),
                reads.local(),
                reads.healed(),
                record.archive().length(),
                record.entryIndex(),
                false);
    }
}
