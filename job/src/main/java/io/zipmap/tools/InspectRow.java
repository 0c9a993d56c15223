package io.zipmap.tools;

import io.zipmap.Printable;
import io.zipmap.ZipmapException;
import io.zipmap.archive.Archive;
import io.zipmap.archive.ArchiveEntry;
import io.zipmap.archive.ArchiveRef;
import io.zipmap.array.ArrayLayout;
import io.zipmap.store.ArrayStart;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** The row that {@code inspect} shows for an entry or a failure: its schema, how it is made, and its line of text. */
final class InspectRow {
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
    private static final int CONDITION = SCHEMA.fieldIndex("condition");
    private static final int MESSAGE = SCHEMA.fieldIndex("message");

    private InspectRow() {}

    /**
     * The row of an entry.
     *
     * @param start the array of the entry; null for a superseded entry, which is not opened
     */
    static Row ofEntry(Archive archive, ArchiveEntry entry, @Nullable ArrayStart start) {
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

    /**
     * The row of a failure.
     *
     * @param entry null if the archive itself failed
     */
    static Row ofFailure(ArchiveRef ref, @Nullable ArchiveEntry entry, ZipmapException e) {
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

    static boolean isFailure(Row row) {
        return !row.isNullAt(CONDITION);
    }

    /** The row as one line of text. */
    static String toLine(Row row) {
        return isFailure(row) ? row.getString(MESSAGE) : describe(row);
    }

    private static String describe(Row row) {
        Object entry = cell(row, "entry");
        String layout = Boolean.TRUE.equals(cell(row, "superseded"))
                ? "superseded by a later entry of the same name"
                : cell(row, "dtype") + " " + cell(row, "shape") + " " + cell(row, "order");
        Object bytes = cell(row, "following");
        String following = bytes == null ? "" : "; " + bytes + " bytes follow the array, which np.load ignores too";
        return Printable.of(cell(row, "archive") + (entry == null ? "" : "!" + entry)) + ": " + layout + ", "
                + cell(row, "method") + ", " + cell(row, "compressed") + " of " + cell(row, "size") + " bytes"
                + following;
    }

    private static @Nullable Object cell(Row row, String name) {
        return row.get(SCHEMA.fieldIndex(name));
    }
}
