package io.zipmap.job.stats;

import io.zipmap.array.Dtype;
import io.zipmap.job.extract.ExtractSummary;
import io.zipmap.mapped.MappedArray;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;

/**
 * Chooses every N-th row of all arrays, for histograms. N follows from the sizes of all arrays, so that the chosen
 * values are bounded. The first chosen row of an array follows from its name, so that the choice does not depend on how
 * the arrays are cut and spread over tasks, and small arrays are chosen from too. Immutable.
 */
public final class RowSample implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final long MOST_ROWS = 10_000;
    private static final long MOST_VALUES = 400_000;

    private final long every;

    private RowSample(long every) {
        this.every = every;
    }

    /** The sample of a run, about ten thousand rows. */
    public static RowSample of(List<ExtractSummary> tasks) {
        long rows = tasks.stream().mapToLong(ExtractSummary::rows).sum();
        long values = tasks.stream().mapToLong(ExtractSummary::firstValues).sum();
        return new RowSample(Math.max(1, Math.max(rows / MOST_ROWS, values / MOST_VALUES)));
    }

    /** N: 1 if every row is chosen. */
    public long every() {
        return every;
    }

    /** The chosen values of the first columns of a slice, column by column; NaN for NaT. */
    double[][] read(Slice slice, MappedArray array) throws IOException {
        if (slice.tile() == null) {
            return new double[0][];
        }
        MappedArray elements = array.leaf(slice.leaf());
        long first = slice.from() + Math.floorMod(phase(slice) - slice.from(), every);
        int rows = (int) Math.max(0, (slice.to() - first + every - 1) / every);
        long fromColumn = slice.tile().fromColumn();
        int columns = (int) Math.max(0, Math.min(slice.tile().toColumn(), ColumnTotals.MOST_COLUMNS) - fromColumn);
        boolean time = elements.dtype().kind() == Dtype.Kind.DATETIME
                || elements.dtype().kind() == Dtype.Kind.TIMEDELTA;
        double[][] values = new double[columns][rows];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                double value = elements.getDouble(first + row * every, fromColumn + column);
                values[column][row] = time && value == Dtype.NOT_A_TIME ? Double.NaN : value;
            }
        }
        return values;
    }

    private long phase(Slice slice) {
        return Math.floorMod((slice.leafKey().arrayKey().hashCode() * 0x9E37_79B9_7F4A_7C15L) >>> 1, every);
    }
}
