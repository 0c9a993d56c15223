package io.zipmap.sql.pushdown;

import io.zipmap.IoConsumer;
import io.zipmap.sql.catalog.ArraySlice;
import io.zipmap.sql.catalog.FoundArray;
import io.zipmap.sql.catalog.Inventory;
import io.zipmap.sql.catalog.PackedSlices;
import java.io.IOException;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of a table a scan has: by names, by row numbers, then an offset and a limit over what is left, and last
 * what a join has found out meanwhile. Immutable.
 */
public record Selection(NamePredicate names, RowRanges rows, long offset, long limit, NamePredicate runtime) {
    private static final NamePredicate ANY = (archive, entry) -> true;

    public static final Selection ALL = new Selection(ANY, RowRanges.ALL, 0, Long.MAX_VALUE, ANY);

    public Selection names(NamePredicate more) {
        return new Selection(names.and(more), rows, offset, limit, runtime);
    }

    public Selection rows(RowRanges more) {
        return new Selection(names, rows.and(more), offset, limit, runtime);
    }

    /** At most so many of the rows that there are now. */
    public Selection limit(long most) {
        return new Selection(names, rows, offset, Math.min(limit, most), runtime);
    }

    /** Leaves out so many of the rows that there are now. */
    public Selection offset(long count) {
        long left = limit == Long.MAX_VALUE ? limit : Math.max(0, limit - count);
        return new Selection(names, rows, offset + count, left, runtime);
    }

    /** Narrows what the others have chosen. */
    public Selection runtime(NamePredicate found) {
        return new Selection(names, rows, offset, limit, found);
    }

    boolean isLimited() {
        return offset > 0 || limit < Long.MAX_VALUE;
    }

    /** Hands on the pieces of a table that are selected, in order; a page is unpacked at a time. */
    public void pieces(Inventory inventory, IoConsumer<ArraySlice> taken) throws IOException {
        long skip = offset;
        long left = limit;
        for (PackedSlices page : inventory.packedArrays()) {
            for (ArraySlice whole : page.unpack()) {
                UTF8String archive =
                        UTF8String.fromString(whole.array().archive().uri());
                UTF8String entry = entry(whole.array());
                if (!names.keeps(archive, entry)) {
                    continue;
                }
                boolean wanted = runtime.keeps(archive, entry);
                for (RowRanges.Range range : rows.ranges()) {
                    long from = Math.min(range.from(), whole.toRow());
                    long to = Math.min(range.to(), whole.toRow());
                    long skipped = Math.min(skip, to - from);
                    skip -= skipped;
                    long count = Math.min(left, to - from - skipped);
                    left -= left == Long.MAX_VALUE ? 0 : count;
                    if (count > 0 && wanted) {
                        taken.accept(whole.part(from + skipped, from + skipped + count));
                    }
                }
                if (left == 0) {
                    return;
                }
            }
        }
    }

    private static @Nullable UTF8String entry(FoundArray array) {
        return array.entry() == null ? null : UTF8String.fromString(array.entry());
    }
}
