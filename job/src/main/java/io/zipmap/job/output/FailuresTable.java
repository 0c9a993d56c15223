package io.zipmap.job.output;

import io.zipmap.job.extract.Failure;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The table {@code failures}: one row for each quarantined archive or entry. */
public final class FailuresTable {
    public static final StructType SCHEMA = new StructType()
            .add("archive", DataTypes.StringType, false)
            .add("entry", DataTypes.StringType)
            .add("entry_index", DataTypes.IntegerType)
            .add("host", DataTypes.StringType, false)
            .add("condition", DataTypes.StringType, false)
            .add("message", DataTypes.StringType, false);

    private FailuresTable() {}

    public static Dataset<Row> of(SparkSession session, JavaRDD<Failure> failures) {
        return InternalRows.dataset(session, failures.map(FailuresTable::row).coalesce(1), SCHEMA);
    }

    private static Row row(Failure failure) {
        return RowFactory.create(
                failure.archive(),
                failure.entry(),
                failure.entryIndex().isPresent() ? failure.entryIndex().getAsInt() : null,
                failure.host(),
                failure.condition(),
                failure.message());
    }
}
