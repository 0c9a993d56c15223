package io.zipmap.sql;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.plan.RunOutput;
import io.zipmap.plan.StoreAccess;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Finds the arrays of a table in the table {@code arrays} of a run: no folder is listed and no archive opened. */
final class FormerArrays {
    private static final String REMOVED = "removed";
    private static final String PARQUET = "parquet";

    /** What is read of it, in the order in which {@link FormerTask} expects it. */
    private static final StructType SCHEMA = new StructType()
            .add("archive", DataTypes.StringType)
            .add("archive_bytes", DataTypes.LongType)
            .add("version", DataTypes.StringType)
            .add("entry", DataTypes.StringType)
            .add("entry_index", DataTypes.IntegerType)
            .add("dtype", DataTypes.StringType)
            .add("shape", DataTypes.createArrayType(DataTypes.LongType, false))
            .add("order", DataTypes.StringType);

    private final SparkSession session;
    private final StoreAccess access;
    private final SourceSettings settings;

    FormerArrays(SparkSession session, StoreAccess access, SourceSettings settings) {
        this.session = session;
        this.access = access;
        this.settings = settings;
    }

    Inventory of(RunOutput former) throws IOException {
        StructType wanted = SCHEMA.add(REMOVED, DataTypes.BooleanType);
        Dataset<Row> table = former.table(session, RunOutput.ARRAYS, PARQUET, wanted);
        if (!List.of(table.columns()).containsAll(List.of(wanted.fieldNames()))) {
            throw new ZipmapException(
                            Condition.INPUT_UNREADABLE, "Cannot plan from the output of a run: " + former.folder())
                    .expected("columns " + String.join(", ", wanted.fieldNames()))
                    .actual(String.join(", ", table.columns()))
                    .advice("Run again, or give the archives.");
        }
        Dataset<Row> arrays = table.where(functions.not(table.col(REMOVED)))
                .select(Arrays.stream(SCHEMA.fieldNames()).map(table::col).toArray(Column[]::new));
        // Neighbours have most of their names in common.
        List<SurveyPart> parts = arrays.sortWithinPartitions("archive", "entry_index")
                .javaRDD()
                .mapPartitions(new FormerTask(access, settings))
                .collect();
        return Inventory.of(parts, settings);
    }
}
