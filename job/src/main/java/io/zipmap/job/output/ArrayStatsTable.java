package io.zipmap.job.output;

import io.zipmap.job.stats.Aggregation;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * The table {@code array_stats}: one row for all elements of an array of numbers; of a structure or of complex numbers,
 * one for each field.
 */
public final class ArrayStatsTable {
    private ArrayStatsTable() {}

    static StructType schema(boolean quantiles) {
        return StatsColumns.schema("field", quantiles);
    }

    /** @param quantiles whether the aggregation has computed them */
    public static Dataset<Row> of(SparkSession session, Aggregation aggregation, boolean quantiles) {
        return InternalRows.dataset(
                session,
                aggregation
                        .leaves()
                        .map(leaf -> StatsColumns.row(leaf._1(), leaf._1().field(), leaf._2(), quantiles)),
                schema(quantiles));
    }
}
