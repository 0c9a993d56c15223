package io.zipmap.sql.vector;

import org.apache.spark.sql.types.DataTypes;

/** {@code _row} as BIGINT, never null: consecutive numbers from the first row of the batch. */
public final class RowNumberVector extends PlainVector {
    private long first;

    public RowNumberVector() {
        super(DataTypes.LongType);
    }

    /** Sets the number of the first row. */
    public void startAt(long row) {
        first = row;
    }

    @Override
    public long getLong(int rowId) {
        return first + rowId;
    }
}
