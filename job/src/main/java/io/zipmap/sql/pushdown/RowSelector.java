package io.zipmap.sql.pushdown;

import io.zipmap.sql.catalog.ColumnRef;
import java.util.List;

/** Chooses rows of batches by their values. */
public interface RowSelector {
    /** Whether all rows are kept. */
    boolean isEmpty();

    /** The columns that it uses, each once. */
    List<ColumnRef> columns();

    /**
     * Finds the rows of a batch that are kept.
     *
     * @param values of the {@link #columns}
     * @param rows receives their row numbers, sorted
     * @param count the number of rows of the batch
     * @return the number of rows that are kept
     */
    int select(BatchValues values, int[] rows, int count);
}
