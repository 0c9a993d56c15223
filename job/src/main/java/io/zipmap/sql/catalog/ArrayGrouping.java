package io.zipmap.sql.catalog;

import io.zipmap.ZipmapException;
import io.zipmap.archive.ArchiveEntry;
import io.zipmap.archive.ArchiveRef;
import io.zipmap.plan.ArrayColumns;
import java.util.List;

/** The rule of the table {@code arrays}: each array is a row of its own, whatever its layout. */
final class ArrayGrouping implements RowGrouping {
    @Override
    public List<ArchiveEntry> chosen(ArchiveRef archive, List<ArchiveEntry> entries) {
        return entries;
    }

    @Override
    public boolean isByArchive() {
        return false;
    }

    @Override
    public boolean leavesOut(ArchiveRef archive, ArchiveEntry entry, ZipmapException error) {
        return false;
    }

    @Override
    public RowGroup group(List<FoundArray> arrays) {
        return RowGroup.of(arrays);
    }

    @Override
    public void check(RowGroup one, RowGroup other) {}

    @Override
    public TableColumns columns(RowGroup first) {
        return TableColumns.ofElements(first, ArrayColumns.LIVE);
    }
}
