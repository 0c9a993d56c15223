package io.zipmap.job.output;

import java.util.Iterator;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.CatalystTypeConverters;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;
import scala.Function1;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Converts the rows of a table to the form in which Spark SQL keeps them. {@code SparkSession.createDataFrame} does the
 * same with an encoder, whose expressions each task must compile, or interpret with Scala's reflection. Either takes
 * longer than all rows of a small run.
 */
final class InternalRows {
    private InternalRows() {}

    static Dataset<Row> dataset(SparkSession session, JavaRDD<Row> rows, StructType schema) {
        return ((org.apache.spark.sql.classic.SparkSession) session)
                .internalCreateDataFrame(
                        rows.mapPartitions(new ToInternal(schema)).rdd(), schema, false);
    }

    private static final class ToInternal implements FlatMapFunction<Iterator<Row>, InternalRow> {
        private static final long serialVersionUID = 1L;

        private final StructType schema;

        ToInternal(StructType schema) {
            this.schema = schema;
        }

        @Override
        public Iterator<InternalRow> call(Iterator<Row> rows) {
            Function1<Object, Object> converter = CatalystTypeConverters.createToCatalystConverter(schema);
            return CollectionConverters.asJava(
                    CollectionConverters.asScala(rows).map(row -> (InternalRow) converter.apply(row)));
        }
    }
}
