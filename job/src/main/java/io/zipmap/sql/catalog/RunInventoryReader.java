package io.zipmap.sql.catalog;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.archive.ArchiveRef;
import io.zipmap.array.ArrayLayout;
import io.zipmap.array.Dtype;
import io.zipmap.array.Order;
import io.zipmap.array.Shape;
import io.zipmap.plan.ArrayColumns;
import io.zipmap.plan.RunOutput;
import io.zipmap.plan.StoreAccess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** Reads the inventory of a table from the table {@code arrays} in the output of a run, without opening an archive. */
final class RunInventoryReader {
    private static final String PARQUET = "parquet";

    /** The columns that {@link ReadTask} reads, by their positions here. */
    private static final StructType SCHEMA = columns(
            ArrayColumns.ARCHIVE,
            "archive_bytes",
            "version",
            ArrayColumns.ENTRY,
            "entry_index",
            "dtype",
            "shape",
            "order",
            "method",
            "crc32");

    private static StructType columns(String... names) {
        return new StructType(
                Arrays.stream(names).map(ArrayColumns.PUBLISHED::apply).toArray(StructField[]::new));
    }

    private final SparkSession session;
    private final TableInputs inputs;

    RunInventoryReader(SparkSession session, TableInputs inputs) {
        this.session = session;
        this.inputs = inputs;
    }

    /** @param former the last inventory, which is returned itself if the files of the table have not changed */
    Inventory read(RunOutput output, @Nullable Inventory former) throws IOException {
        return output.readConsistently(current -> readIfChanged(current, former));
    }

    private Inventory readIfChanged(RunOutput output, @Nullable Inventory former) throws IOException {
        ArchiveVersions files = fileVersions(output.tables().paths(RunOutput.ARRAYS));
        return former != null && former.versions().equals(files)
                ? former
                : readTable(output).withVersions(files);
    }

    private ArchiveVersions fileVersions(List<Path> folders) throws IOException {
        List<ArchiveRef> files = new ArrayList<>();
        for (Path folder : folders) {
            for (FileStatus file : folder.getFileSystem(inputs.configuration()).listStatus(folder)) {
                files.add(new ArchiveRef(
                        file.getPath().toUri().toString(), file.getLen(), Long.toString(file.getModificationTime())));
            }
        }
        return ArchiveVersions.of(files, inputs.access().sources()::local);
    }

    private Inventory readTable(RunOutput output) throws IOException {
        StructType wanted = SCHEMA.add(ArrayColumns.PUBLISHED.apply(ArrayColumns.REMOVED));
        Dataset<Row> table = output.tables().read(session, RunOutput.ARRAYS, PARQUET, wanted);
        if (!List.of(table.columns()).containsAll(List.of(wanted.fieldNames()))) {
            throw new ZipmapException(
                            Condition.INPUT_UNREADABLE, "Cannot plan from the output of a run: " + output.folder())
                    .expected("columns " + String.join(", ", wanted.fieldNames()))
                    .actual(String.join(", ", table.columns()))
                    .advice("Run again, or give the archives.");
        }
        Dataset<Row> arrays = table.where(functions.not(table.col(ArrayColumns.REMOVED)))
                .select(Arrays.stream(SCHEMA.fieldNames()).map(table::col).toArray(Column[]::new));
        // Members of one archive in one partition, because they are one row group; sorted, because neighbours that
        // share most of their names compress well.
        Dataset<Row> grouped =
                inputs.settings().table() == TableKind.MEMBERS ? arrays.repartition(arrays.col("archive")) : arrays;
        List<DiscoverySummary> summaries = grouped.sortWithinPartitions("archive", "entry_index")
                .javaRDD()
                .mapPartitions(new ReadTask(inputs.access(), inputs.settings()))
                .collect();
        return Inventory.of(summaries, inputs.settings());
    }

    /** Summarises the arrays of a partition of rows that have {@link #SCHEMA}. */
    private static final class ReadTask implements FlatMapFunction<Iterator<Row>, DiscoverySummary> {
        private static final long serialVersionUID = 1L;

        private final StoreAccess access;
        private final SourceSettings settings;

        ReadTask(StoreAccess access, SourceSettings settings) {
            this.access = access;
            this.settings = settings;
        }

        @Override
        public Iterator<DiscoverySummary> call(Iterator<Row> rows) throws IOException {
            try {
                return List.of(ArrayDiscovery.summariseKnown(access.sources(), settings, rows, ReadTask::array))
                        .iterator();
            } catch (ZipmapException e) {
                return List.of(DiscoverySummary.failed(e)).iterator();
            }
        }

        private static FoundArray array(Row row) throws ZipmapException {
            ArchiveRef archive = ArchiveRef.ofGeneration(row.getString(0), row.getLong(1), row.getString(2));
            long[] axes =
                    row.<Long>getList(6).stream().mapToLong(Long::longValue).toArray();
            Order order = row.getString(7).equals(Order.C.letter()) ? Order.C : Order.FORTRAN;
            ArrayLayout layout = new ArrayLayout(Dtype.parse(row.getString(5)), Shape.of(axes), order);
            long crc32 = row.isNullAt(9) ? -1 : row.getLong(9);
            return new FoundArray(archive, row.getInt(4), row.getString(3), row.getString(8), crc32, layout);
        }
    }
}
