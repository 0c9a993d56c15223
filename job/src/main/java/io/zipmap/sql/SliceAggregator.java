package io.zipmap.sql;

import io.zipmap.ZipmapException;
import io.zipmap.array.Dtype;
import io.zipmap.sql.catalog.RowSlice;
import io.zipmap.sql.pushdown.BatchValues;
import io.zipmap.sql.pushdown.PushedAggregation;
import io.zipmap.sql.pushdown.ValueExpression;
import io.zipmap.stats.ColumnStats;
import io.zipmap.stats.ValueStats;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;

/** Aggregates the chosen rows of each slice to one row. Not thread-safe. */
final class SliceAggregator implements RowAggregator {
    private final PushedAggregation aggregation;
    private final List<ValueExpression> values;
    private final List<ValueStats> stats = new ArrayList<>();
    private List<Dtype> dtypes = List.of();
    private long kept;

    SliceAggregator(PushedAggregation aggregation) {
        this.aggregation = aggregation;
        this.values = aggregation.values();
    }

    @Override
    public Iterator<InternalRow> start(RowSlice slice) throws ZipmapException {
        kept = 0;
        List<Dtype> ofSlice = new ArrayList<>();
        for (ValueExpression value : values) {
            ofSlice.add(value.dtype(slice.group()));
        }
        if (!dtypes.equals(ofSlice)) {
            dtypes = ofSlice;
            stats.clear();
            for (Dtype dtype : dtypes) {
                stats.add(new ValueStats(dtype));
            }
        }
        return Collections.emptyIterator();
    }

    @Override
    public Iterator<InternalRow> add(BatchValues batch, int[] rows, int count) {
        kept += count;
        for (int i = 0; i < values.size(); i++) {
            batch.of(values.get(i), rows, count).addTo(stats.get(i), rows, count);
        }
        return Collections.emptyIterator();
    }

    /** None if the aggregates are grouped and no row of the slice was chosen: it adds no group. */
    @Override
    public Iterator<InternalRow> end(RowSlice slice) {
        List<ColumnStats> ofSlice = stats.stream().map(ValueStats::finish).toList();
        return kept == 0 && !aggregation.groups().isEmpty()
                ? Collections.emptyIterator()
                : List.of(aggregation.rowOfRows(slice, kept, ofSlice)).iterator();
    }

    @Override
    public Iterator<InternalRow> finish() {
        return Collections.emptyIterator();
    }
}
