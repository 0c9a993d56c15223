package io.zipmap.job.output;

import io.zipmap.job.extract.ArrayRecords;
import io.zipmap.job.stats.Aggregation;
import io.zipmap.job.stats.LeafKey;
import io.zipmap.job.stats.PlainReads;
import io.zipmap.job.stats.ReadCounts;
import io.zipmap.plan.ArrayColumns;
import io.zipmap.store.ArrayRecord;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

/** The table {@code arrays}: one row for each record. */
public final class ArraysTable {
    private ArraysTable() {}

    /** The arrays as they were extracted, before the map stage: all counts of reads are 0. */
    public static Dataset<Row> extracted(SparkSession session, ArrayRecords records) {
        JavaRDD<Row> rows = records.rdd().map(record -> row(record, ReadCounts.NONE));
        return InternalRows.dataset(session, rows.coalesce(Tables.files(records)), ArrayColumns.PUBLISHED);
    }

    /** The arrays with the reads of the map stage. */
    public static Dataset<Row> aggregated(SparkSession session, ArrayRecords records, Aggregation aggregation) {
        int files = Tables.files(records);
        Optional<PlainReads> plain = aggregation.plainReads();
        if (plain.isPresent()) {
            PlainReads reads = plain.get();
            JavaRDD<Row> rows = records.rdd().map(record -> row(record, reads.of(record)));
            return InternalRows.dataset(session, rows.coalesce(files), ArrayColumns.PUBLISHED);
        }
        JavaRDD<Row> rows = records.rdd()
                .keyBy(LeafKey::arrayKey)
                .leftOuterJoin(aggregation.reads(files), files)
                .values()
                .map(array -> row(array._1(), array._2().orElse(ReadCounts.NONE)));
        return InternalRows.dataset(session, rows, ArrayColumns.PUBLISHED);
    }

    private static Row row(ArrayRecord record, ReadCounts reads) {
        Object[] values = new Object[ArrayColumns.PUBLISHED.size()];
        for (int i = 0; i < values.length; i++) {
            String column = ArrayColumns.PUBLISHED.apply(i).name();
            values[i] = switch (column) {
                case ArrayColumns.LOCAL_READS -> reads.local();
                case ArrayColumns.HEALED_READS -> reads.healed();
                case ArrayColumns.REMOVED -> false;
                default -> ArrayColumns.ofRecord(column, record);
            };
        }
        return RowFactory.create(values);
    }
}
