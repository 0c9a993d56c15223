package io.zipmap.sql;

import org.apache.spark.sql.types.DataTypes;

/** {@code _row}: counts on from the first row of the batch. */
final class RowNumbers extends PlainVector {
    private long first;

    RowNumbers() {
        super(DataTypes.LongType);
    }

    void from(long row) {
        first = row;
    }

    @Override
    public long getLong(int rowId) {
        return first + rowId;
    }
}
