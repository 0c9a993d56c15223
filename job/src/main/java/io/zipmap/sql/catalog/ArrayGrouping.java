package io.zipmap.sql.catalog;

import io.zipmap.plan.ArrayColumns;

/** The rule of the table {@code arrays}: each array is a row of its own, whatever its layout. */
final class ArrayGrouping implements RowGrouping {
    @Override
    public void check(RowGroup one, RowGroup other) {}

    @Override
    public TableColumns columns(RowGroup first) {
        return TableColumns.ofElements(first, ArrayColumns.LIVE);
    }
}
