package io.zipmap.sql.vector;

import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;

/** {@code _row} as BIGINT, never null: consecutive numbers from the first row of the batch, or some of them. */
public final class RowNumberVector extends PlainVector {
    private long first;
    private int @Nullable [] chosen;

    public RowNumberVector() {
        super(DataTypes.LongType);
    }

    /** Sets the number of the first row; the others follow. */
    public void startAt(long row) {
        first = row;
        chosen = null;
    }

    /** Keeps some rows of those that begin with the first; the array must not change while this batch is read. */
    public void keep(int[] rows) {
        chosen = rows;
    }

    @Override
    public long getLong(int rowId) {
        return first + (chosen == null ? rowId : chosen[rowId]);
    }
}
