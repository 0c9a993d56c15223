package io.zipmap.tools;

import io.zipmap.Printable;
import io.zipmap.ZipmapException;
import io.zipmap.archive.Archive;
import io.zipmap.archive.ArchiveEntry;
import io.zipmap.archive.ArchiveRef;
import io.zipmap.array.ArrayLayout;
import io.zipmap.fs.Sources;
import io.zipmap.plan.EntryChoice;
import io.zipmap.plan.EntryTally;
import io.zipmap.plan.StoreAccess;
import io.zipmap.store.ArrayStart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.TaskCompletionListener;
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.CollectionConverters;

/** Reads the directory of each archive and the header of each entry; decodes no more than that. */
final class InspectTask implements FlatMapFunction<Iterator<ArchiveRef>, Row> {
    private static final long serialVersionUID = 1L;

    static final StructType SCHEMA = new StructType()
            .add("archive", DataTypes.StringType, false)
            .add("entry", DataTypes.StringType)
            .add("entry_index", DataTypes.IntegerType)
            .add("dtype", DataTypes.StringType)
            .add("shape", DataTypes.StringType)
            .add("order", DataTypes.StringType)
            .add("method", DataTypes.StringType)
            .add("size", DataTypes.LongType)
            .add("compressed", DataTypes.LongType)
            .add("superseded", DataTypes.BooleanType)
            .add("following", DataTypes.LongType)
            .add("condition", DataTypes.StringType)
            .add("message", DataTypes.StringType);
    static final int CONDITION = SCHEMA.fieldIndex("condition");
    static final int MESSAGE = SCHEMA.fieldIndex("message");

    private final StoreAccess access;
    private final CollectionAccumulator<EntryTally> tallies;

    /** @param tallies gets one of each task */
    InspectTask(StoreAccess access, CollectionAccumulator<EntryTally> tallies) {
        this.access = access;
        this.tallies = tallies;
    }

    @Override
    public Iterator<Row> call(Iterator<ArchiveRef> archives) {
        Sources sources = access.sources();
        EntryChoice choice = new EntryChoice(access.settings().entries());
        TaskCompletionListener tell = context -> tallies.add(choice.tally());
        TaskContext.get().addTaskCompletionListener(tell);
        return CollectionConverters.asJava(CollectionConverters.asScala(archives)
                .flatMap(ref -> CollectionConverters.asScala(inspect(sources, choice, ref))));
    }

    /** A row an entry, of one archive at a time. */
    private List<Row> inspect(Sources sources, EntryChoice choice, ArchiveRef ref) {
        List<Row> rows = new ArrayList<>();
        try (Archive archive =
                Archive.open(sources.open(ref), access.settings().rules().limits())) {
            EntryChoice.Entries entries = choice.choose(archive);
            for (ArchiveEntry entry : entries.taken()) {
                rows.add(inspect(archive, entry));
            }
            for (ArchiveEntry entry : entries.superseded()) {
                rows.add(row(archive, entry, null));
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
                ArrayStart.open(archive, entry, access.settings().rules())) {
            return row(archive, entry, start);
        } catch (ZipmapException e) {
            return failed(archive.ref(), entry, e.archive(archive.ref().uri()).entry(entry.name()));
        }
    }

    /** @param start null for an entry that is superseded, and not looked at */
    private static Row row(Archive archive, ArchiveEntry entry, @Nullable ArrayStart start) {
        ArrayLayout layout = start == null ? null : start.layout();
        return RowFactory.create(
                archive.ref().uri(),
                entry.name(),
                entry.index(),
                layout == null ? null : layout.dtype().toString(),
                layout == null ? null : layout.shape().toString(),
                layout == null ? null : layout.order().letter(),
                entry.methodName(),
                entry.size(),
                entry.compressedSize(),
                layout == null,
                start == null || start.following() == 0 ? null : start.following(),
                null,
                null);
    }

    private static Row failed(ArchiveRef ref, @Nullable ArchiveEntry entry, ZipmapException e) {
        return RowFactory.create(
                ref.uri(),
                entry == null ? null : entry.name(),
                entry == null ? null : entry.index(),
                null,
                null,
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
        Object entry = cell(row, "entry");
        String layout = Boolean.TRUE.equals(cell(row, "superseded"))
                ? "superseded by a later entry of the same name"
                : cell(row, "dtype") + " " + cell(row, "shape") + " " + cell(row, "order");
        Object bytes = cell(row, "following");
        String following = bytes == null ? "" : "; " + bytes + " bytes follow, of which np.load takes none either";
        return Printable.of(cell(row, "archive") + (entry == null ? "" : "!" + entry)) + ": " + layout + ", "
                + cell(row, "method") + ", " + cell(row, "compressed") + " of " + cell(row, "size") + " bytes"
                + following;
    }

    private static @Nullable Object cell(Row row, String name) {
        return row.get(SCHEMA.fieldIndex(name));
    }
}
