package io.zipmap.sql.vector;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.array.Dtype;
import io.zipmap.sql.catalog.FoundArray;
import io.zipmap.sql.error.QueryErrors;
import org.apache.spark.sql.types.DataType;

/**
 * datetime64 and timedelta64; NaT is null. As TIMESTAMP_NTZ or INTERVAL DAY TO SECOND, values are microseconds; for
 * units that these types cannot hold exactly, values are counts of the unit as BIGINT.
 */
final class TimeVector extends PlainVector {
    private final long[] values;
    private final int base;
    private final int stride;
    private final long micros;
    private final FoundArray array;

    /**
     * @param micros microseconds of one unit; 1 to return counts
     * @param array source of the values, for messages
     */
    TimeVector(DataType type, long[] values, int base, int stride, long micros, FoundArray array) {
        super(type);
        this.array = array;
        this.values = values;
        this.base = base;
        this.stride = stride;
        this.micros = micros;
    }

    @Override
    public boolean hasNull() {
        return true;
    }

    @Override
    public int numNulls() {
        return values.length;
    }

    @Override
    public boolean isNullAt(int rowId) {
        return values[base + rowId * stride] == Dtype.NOT_A_TIME;
    }

    /** Ends the query if the microseconds do not fit into a long. For null the result has no meaning. */
    @Override
    public long getLong(int rowId) {
        long count = values[base + rowId * stride];
        long value = count * micros;
        if (count != Dtype.NOT_A_TIME
                && (value == Dtype.NOT_A_TIME || Math.multiplyHigh(count, micros) != value >> 63)) {
            ZipmapException e = new ZipmapException(
                            Condition.TIME_OUT_OF_RANGE,
                            "Cannot give a time as " + dataType().sql() + ": " + count + " times " + micros
                                    + " microseconds")
                    .archive(array.archive().uri())
                    .entry(array.entry())
                    .expected("fewer than 2^63 microseconds")
                    .advice("Leave such rows out by _row, or map the array with Java.");
            throw QueryErrors.of(e);
        }
        return value;
    }
}
