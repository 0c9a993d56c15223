package io.zipmap.sql;

import io.zipmap.ZipmapException;
import io.zipmap.array.Dtype;
import io.zipmap.sql.catalog.RowSlice;
import io.zipmap.sql.pushdown.BatchValues;
import io.zipmap.sql.pushdown.PushedAggregation;
import io.zipmap.sql.pushdown.ValueExpression;
import io.zipmap.sql.vector.PlainVector;
import io.zipmap.stats.ColumnStats;
import io.zipmap.stats.ValueStats;
import io.zipmap.stats.ValueSum;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;

/** Aggregates the chosen rows of each slice to one row. Not thread-safe. */
final class SliceAggregator implements RowAggregator {
    private final PushedAggregation aggregation;
    private final List<ValueExpression> values;
    private final List<Reduction> reductions = new ArrayList<>();
    private List<Dtype> dtypes = List.of();
    private long kept;

    /** What computes the statistics of one expression. */
    private interface Reduction {
        void add(PlainVector vector, int[] rows, int count);

        ColumnStats finish();
    }

    private record SumAlone(ValueSum sum) implements Reduction {
        @Override
        public void add(PlainVector vector, int[] rows, int count) {
            vector.addTo(sum, rows, count);
        }

        @Override
        public ColumnStats finish() {
            return sum.finish();
        }
    }

    private record AllStats(ValueStats stats) implements Reduction {
        @Override
        public void add(PlainVector vector, int[] rows, int count) {
            vector.addTo(stats, rows, count);
        }

        @Override
        public ColumnStats finish() {
            return stats.finish();
        }
    }

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
            reductions.clear();
            for (int i = 0; i < dtypes.size(); i++) {
                reductions.add(
                        aggregation.isFloatingSum(values.get(i))
                                ? new SumAlone(new ValueSum())
                                : new AllStats(new ValueStats(dtypes.get(i))));
            }
        }
        return Collections.emptyIterator();
    }

    @Override
    public Iterator<InternalRow> add(BatchValues batch, int[] rows, int count) {
        kept += count;
        for (int i = 0; i < values.size(); i++) {
            reductions.get(i).add(batch.of(values.get(i), rows, count), rows, count);
        }
        return Collections.emptyIterator();
    }

    /** None if the aggregates are grouped and no row of the slice was chosen: it adds no group. */
    @Override
    public Iterator<InternalRow> end(RowSlice slice) {
        List<ColumnStats> ofSlice = reductions.stream().map(Reduction::finish).toList();
        return kept == 0 && !aggregation.groups().isEmpty()
                ? Collections.emptyIterator()
                : List.of(aggregation.rowOfRows(slice, kept, ofSlice)).iterator();
    }

    @Override
    public Iterator<InternalRow> finish() {
        return Collections.emptyIterator();
    }
}
