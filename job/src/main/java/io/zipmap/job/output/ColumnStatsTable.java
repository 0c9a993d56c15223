package io.zipmap.job.output;

import io.zipmap.job.stats.Aggregation;
import io.zipmap.job.stats.TileKey;
import io.zipmap.stats.TileStats;
import java.util.Iterator;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import scala.Tuple2;

/** The table {@code column_stats}: one row for each column of an array that has statistics. */
public final class ColumnStatsTable {
    private ColumnStatsTable() {}

    public static StructType schema(boolean quantiles) {
        return StatsColumns.schema("column", quantiles);
    }

    /** @param quantiles whether the aggregation has computed them */
    public static Dataset<Row> of(SparkSession session, Aggregation aggregation, boolean quantiles) {
        return InternalRows.dataset(session, rows(aggregation, quantiles), schema(quantiles));
    }

    /** The rows of the table, with the columns of {@link #schema}. */
    public static JavaRDD<Row> rows(Aggregation aggregation, boolean quantiles) {
        return aggregation.tiles().flatMap(tile -> rows(tile, quantiles));
    }

    /** A row for each column of the tile, made when the iterator reaches it. */
    private static Iterator<Row> rows(Tuple2<TileKey, TileStats> tile, boolean quantiles) {
        TileKey key = tile._1();
        return IntStream.range(0, tile._2().columns())
                .mapToObj(i ->
                        StatsColumns.row(key.leaf(), key.column(i), tile._2().column(i), quantiles))
                .iterator();
    }
}
