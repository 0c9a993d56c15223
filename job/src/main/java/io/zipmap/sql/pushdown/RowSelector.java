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
     * Keeps some rows of a batch.
     *
     * @param values of the {@link #columns}
     * @param rows row numbers of the batch, sorted; the first ones are replaced by those that are kept
     * @param count the number of rows
     * @return the number of rows that are kept
     */
    int select(BatchValues values, int[] rows, int count);
}
