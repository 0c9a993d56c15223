package io.zipmap.job;

import io.zipmap.Printable;
import io.zipmap.ZipmapException;
import io.zipmap.archive.Archive;
import io.zipmap.archive.ArchiveEntry;
import io.zipmap.archive.ArchiveRef;
import io.zipmap.array.ArrayLayout;
import io.zipmap.fs.Sources;
import io.zipmap.plan.EntryFilter;
import io.zipmap.store.ArrayStart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.CollectionConverters;

/** Reads the directory of each archive and the header of each entry; decodes no more than that. */
final class InspectTask implements FlatMapFunction<Iterator<ArchiveRef>, Row> {
    private static final long serialVersionUID = 1L;

    static final StructType SCHEMA = new StructType()
            .add("archive", DataTypes.StringType, false)
            .add("entry", DataTypes.StringType)
            .add("dtype", DataTypes.StringType)
            .add("shape", DataTypes.StringType)
            .add("order", DataTypes.StringType)
            .add("method", DataTypes.StringType)
            .add("size", DataTypes.LongType)
            .add("compressed", DataTypes.LongType)
            .add("condition", DataTypes.StringType)
            .add("message", DataTypes.StringType);
    static final int CONDITION = SCHEMA.fieldIndex("condition");
    static final int MESSAGE = SCHEMA.fieldIndex("message");

    private final Node node;

    InspectTask(Node node) {
        this.node = node;
    }

    @Override
    public Iterator<Row> call(Iterator<ArchiveRef> archives) {
        Sources sources = node.sources();
        return CollectionConverters.asJava(CollectionConverters.asScala(archives)
                .flatMap(ref -> CollectionConverters.asScala(inspect(sources, ref))));
    }

    /** A row an entry, of one archive at a time. */
    private List<Row> inspect(Sources sources, ArchiveRef ref) {
        EntryFilter filter = new EntryFilter(node.settings().entries());
        List<Row> rows = new ArrayList<>();
        try (Archive archive =
                Archive.open(sources.open(ref), node.settings().rules().limits())) {
            for (ArchiveEntry entry : archive.entries()) {
                if (filter.takes(entry)) {
                    rows.add(inspect(archive, entry));
                }
            }
        } catch (ZipmapException e) {
            rows.add(failed(ref, null, e.archive(ref.uri())));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot inspect " + ref, e);
        }
        return rows;
    }

    private Row inspect(Archive archive, ArchiveEntry entry) throws IOException {
        try (ArrayStart start =
                ArrayStart.open(archive, entry, node.settings().rules().raw())) {
            ArrayLayout layout = start.layout();
            return RowFactory.create(
                    archive.ref().uri(),
                    entry.name(),
                    layout.dtype().toString(),
                    layout.shape().toString(),
                    layout.order().letter(),
                    entry.methodName(),
                    entry.size(),
                    entry.compressedSize(),
                    null,
                    null);
        } catch (ZipmapException e) {
            return failed(
                    archive.ref(), entry.name(), e.archive(archive.ref().uri()).entry(entry.name()));
        }
    }

    private static Row failed(ArchiveRef ref, @Nullable String entry, ZipmapException e) {
        return RowFactory.create(
                ref.uri(),
                entry,
                null,
                null,
                null,
                null,
                null,
                null,
                e.condition().label(),
                e.getMessage());
    }

    static String line(Row row) {
        String entry = row.isNullAt(1) ? "" : "!" + row.getString(1);
        return Printable.of(row.getString(0) + entry) + ": " + row.getString(2) + " " + row.getString(3) + " "
                + row.getString(4) + ", " + row.getString(5) + ", " + row.getLong(7) + " of " + row.getLong(6)
                + " bytes";
    }
}
