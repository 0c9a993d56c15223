package io.zipmap.sql.pushdown;

import io.zipmap.IoConsumer;
import io.zipmap.sql.catalog.Inventory;
import io.zipmap.sql.catalog.RowSlice;
import java.io.IOException;

/** The part of a table that a scan reads. */
public interface SliceSelection {
    /** Whether every row of any table is selected. */
    boolean isAll();

    /** Hands the selected slices of a table to a consumer, in order. */
    void forEach(Inventory inventory, IoConsumer<RowSlice> consumer) throws IOException;
}
