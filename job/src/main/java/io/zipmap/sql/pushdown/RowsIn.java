package io.zipmap.sql.pushdown;

import io.zipmap.sql.catalog.ColumnRef;
import io.zipmap.sql.vector.KeySet;
import io.zipmap.sql.vector.ValueSet;
import java.util.function.Function;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the rows whose value of a column is in a set. Two tests of one column are one test of one set, so that each
 * value is tested once, however many comparisons AND and OR join. Immutable.
 */
final class RowsIn implements RowChooser {
    private static final long serialVersionUID = 1L;

    private final ColumnRef column;
    private final ValueSet set;

    RowsIn(ColumnRef column, ValueSet set) {
        this.column = column;
        this.set = set;
    }

    @Override
    public int select(Function<ColumnRef, ColumnVector> vectors, int[] rows, int count) {
        return set.select(vectors.apply(column), rows, count);
    }

    @Override
    public RowChooser and(RowChooser other) {
        return set instanceof KeySet mine && keysOf(other) instanceof KeySet more
                ? new RowsIn(column, mine.intersection(more))
                : RowChooser.super.and(other);
    }

    @Override
    public RowChooser or(RowChooser other) {
        return set instanceof KeySet mine && keysOf(other) instanceof KeySet more
                ? new RowsIn(column, mine.union(more))
                : RowChooser.super.or(other);
    }

    /** The keys that the other test accepts, if it tests the same column; else null. */
    private @Nullable ValueSet keysOf(RowChooser other) {
        return other instanceof RowsIn test && test.column.name().equals(column.name()) ? test.set : null;
    }
}
