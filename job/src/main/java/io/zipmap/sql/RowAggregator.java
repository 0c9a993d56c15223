package io.zipmap.sql;

import io.zipmap.ZipmapException;
import io.zipmap.sql.catalog.RowSlice;
import io.zipmap.sql.pushdown.BatchValues;
import java.util.Iterator;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Aggregates rows of one slice after another. The rows of aggregates that a method returns are taken before the next
 * call of any method. Not thread-safe.
 */
interface RowAggregator {
    /**
     * Begins a slice.
     *
     * @return rows of aggregates of the slices before
     */
    Iterator<InternalRow> start(RowSlice slice) throws ZipmapException;

    /**
     * Adds rows of a batch of the slice.
     *
     * @param rows their numbers in the batch, sorted
     * @param count the number of rows, at least one
     * @return rows of aggregates for which there is no more room
     */
    Iterator<InternalRow> add(BatchValues values, int[] rows, int count);

    /**
     * Ends the slice.
     *
     * @return rows of aggregates of this slice
     */
    Iterator<InternalRow> end(RowSlice slice);

    /** The rows of aggregates that are left after the last slice. */
    Iterator<InternalRow> finish();
}
