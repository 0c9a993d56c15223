package io.zipmap.sql.vector;

import org.apache.spark.sql.types.DataTypes;

/** {@code _row}: counts on from the first row of the batch. */
public final class RowNumberVector extends PlainVector {
    private long first;

    public RowNumberVector() {
        super(DataTypes.LongType);
    }

    public void from(long row) {
        first = row;
    }

    @Override
    public long getLong(int rowId) {
        return first + rowId;
    }
}
