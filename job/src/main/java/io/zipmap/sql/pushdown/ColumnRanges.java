package io.zipmap.sql.pushdown;

import io.zipmap.sql.catalog.ColumnRef;

/** The range of values of each column in a set of rows. */
@FunctionalInterface
interface ColumnRanges {
    ValueRange of(ColumnRef column);
}
