package io.zipmap.sql.catalog;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.archive.ArchiveRef;
import io.zipmap.plan.RunOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** Finds the arrays of a table in the table {@code arrays} of a run: no archive is opened. */
final class RunInventory {
    private static final String REMOVED = "removed";
    private static final String PARQUET = "parquet";

    /** What is read of it, in the order in which {@link RunInventoryTask} expects it. */
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
    private final TableInputs open;

    RunInventory(SparkSession session, TableInputs open) {
        this.session = session;
        this.open = open;
    }

    /**
     * @param known what the last look found; it is handed on while the files of the table are those that it looked at
     */
    Inventory of(RunOutput former, @Nullable Inventory known) throws IOException {
        return former.readConsistently(now -> of(known, now));
    }

    private Inventory of(@Nullable Inventory known, RunOutput former) throws IOException {
        ArchiveVersions files = files(former.tables().paths(RunOutput.ARRAYS));
        return known != null && known.versions().equals(files)
                ? known
                : read(former).versions(files);
    }

    private ArchiveVersions files(List<Path> places) throws IOException {
        List<ArchiveRef> files = new ArrayList<>();
        for (Path place : places) {
            for (FileStatus file : place.getFileSystem(open.configuration()).listStatus(place)) {
                files.add(new ArchiveRef(
                        file.getPath().toUri().toString(), file.getLen(), Long.toString(file.getModificationTime())));
            }
        }
        return ArchiveVersions.of(files, open.access().sources()::local);
    }

    private Inventory read(RunOutput former) throws IOException {
        StructType wanted = SCHEMA.add(REMOVED, DataTypes.BooleanType);
        Dataset<Row> table = former.tables().read(session, RunOutput.ARRAYS, PARQUET, wanted);
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
        List<DiscoverySummary> parts = arrays.sortWithinPartitions("archive", "entry_index")
                .javaRDD()
                .mapPartitions(new RunInventoryTask(open.access(), open.settings()))
                .collect();
        return Inventory.of(parts, open.settings());
    }
}
