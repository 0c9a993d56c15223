package io.zipmap.sql;

import io.zipmap.ZipmapException;
import io.zipmap.sql.catalog.RowSlice;
import io.zipmap.sql.pushdown.BatchValues;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;

/** Aggregates rows of one slice after another. Not thread-safe. */
interface RowAggregator {
    /**
     * Begins a slice.
     *
     * @return rows of aggregates of the slices before
     */
    List<InternalRow> start(RowSlice slice) throws ZipmapException;

    /**
     * Adds rows of a batch of the slice.
     *
     * @param rows their numbers in the batch, sorted
     * @param count the number of rows
     */
    void add(BatchValues values, int[] rows, int count);

    /**
     * Hands out rows of aggregates while a slice is read.
     *
     * @return none, if the aggregator has room for more
     */
    List<InternalRow> overflow();

    /**
     * Ends the slice.
     *
     * @return rows of aggregates of this slice
     */
    List<InternalRow> end(RowSlice slice);

    /** The rows of aggregates that are left after the last slice. */
    List<InternalRow> finish();
}
