package io.zipmap.sql.catalog;

import io.zipmap.ZipmapException;
import io.zipmap.archive.ArchiveEntry;
import io.zipmap.archive.ArchiveRef;
import java.util.List;

/**
 * The rule by which the arrays of archives become the row groups and the columns of one table. By default each array is
 * a row group.
 */
interface RowGrouping {
    static RowGrouping of(SourceSettings settings) {
        return switch (settings.table()) {
            case ELEMENTS -> new ElementGrouping(settings.columns(), settings.nanosAsTimestamp());
            case MEMBERS ->
                settings.mergesSchema()
                        ? new MergedGrouping(settings.columns(), settings.nanosAsTimestamp())
                        : new MemberGrouping(settings.columns(), settings.nanosAsTimestamp());
            case ARRAYS -> new ArrayGrouping();
        };
    }

    /**
     * The entries of one archive that the table needs.
     *
     * @param entries that the options {@code entries} and {@code duplicates} choose
     */
    default List<ArchiveEntry> chosen(ArchiveRef archive, List<ArchiveEntry> entries) throws ZipmapException {
        return entries;
    }

    /** Whether the arrays of an archive are one row group, so that a bad one makes the whole archive bad. */
    default boolean isByArchive() {
        return false;
    }

    /** Whether an entry with this error is no column of the table, without being an error of the archive. */
    default boolean leavesOut(ArchiveRef archive, ArchiveEntry entry, ZipmapException error) {
        return false;
    }

    /**
     * @param arrays of one archive, at least one; exactly one unless groups are {@linkplain #isByArchive by archive}
     */
    default RowGroup group(List<FoundArray> arrays) throws ZipmapException {
        return RowGroup.of(arrays);
    }

    /** @throws ZipmapException {@code ARRAYS_DISAGREE}, with both names and what differs */
    void check(RowGroup one, RowGroup other) throws ZipmapException;

    /** Whether the columns follow from all row groups, and not from any one. */
    default boolean isMerged() {
        return false;
    }

    /**
     * A row group whose columns are those of both.
     *
     * @throws ZipmapException {@code ARRAYS_DISAGREE}, with both names and what differs
     */
    default RowGroup merge(RowGroup one, RowGroup other) throws ZipmapException {
        check(one, other);
        return one;
    }

    /** @param first of the table's row groups, {@linkplain #merge merged} with all others */
    TableColumns columns(RowGroup first) throws ZipmapException;
}
