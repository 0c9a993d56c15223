package io.zipmap.sql.pushdown;

import io.zipmap.sql.catalog.ColumnRef;
import io.zipmap.sql.vector.ValueSet;
import java.io.Serializable;
import java.util.Arrays;
import java.util.function.Function;
import org.apache.spark.sql.vectorized.ColumnVector;

/** Chooses the rows of a batch for which a predicate is true. */
@FunctionalInterface
interface RowChooser extends Serializable {
    /**
     * Keeps the rows for which the predicate is true.
     *
     * @param vectors the vector of each column that the predicate uses
     * @param rows row numbers of the batch, sorted; the first ones are replaced by those that are kept
     * @param count the number of rows
     * @return the number of rows that are kept
     */
    int select(Function<ColumnRef, ColumnVector> vectors, int[] rows, int count);

    /** The rows whose value of a column is in a set. */
    static RowChooser in(ColumnRef column, ValueSet set) {
        return new RowsIn(column, set);
    }

    default RowChooser and(RowChooser other) {
        return (vectors, rows, count) -> other.select(vectors, rows, select(vectors, rows, count));
    }

    default RowChooser or(RowChooser other) {
        return (vectors, rows, count) -> {
            int[] one = Arrays.copyOf(rows, count);
            int ones = select(vectors, one, count);
            int[] rest = new int[count - ones];
            int rests = 0;
            for (int i = 0, next = 0; i < count; i++) {
                if (next < ones && one[next] == rows[i]) {
                    next++;
                } else {
                    rest[rests] = rows[i];
                    rests++;
                }
            }
            int more = other.select(vectors, rest, rests);
            for (int i = 0, j = 0; i + j < ones + more; ) {
                if (j == more || i < ones && one[i] < rest[j]) {
                    rows[i + j] = one[i];
                    i++;
                } else {
                    rows[i + j] = rest[j];
                    j++;
                }
            }
            return ones + more;
        };
    }
}
