package io.zipmap.sql.pushdown;

import io.zipmap.sql.vector.ValueSet;
import java.io.Serializable;
import java.util.Arrays;

/** Chooses the rows of a batch for which a predicate is true. */
@FunctionalInterface
interface RowChooser extends Serializable {
    /**
     * Keeps the rows for which the predicate is true.
     *
     * @param values of the columns that the predicate uses
     * @param rows row numbers of the batch, sorted; the first ones are replaced by those that are kept
     * @param count the number of rows
     * @return the number of rows that are kept
     */
    int select(BatchValues values, int[] rows, int count);

    /** The rows whose value of an expression is in a set. */
    static RowChooser in(ValueExpression expression, ValueSet set) {
        return new RowsIn(expression, set);
    }

    /**
     * As {@link #select} of all rows of the batch.
     *
     * @param rows receives the numbers of the rows that are kept
     */
    default int selectAll(BatchValues values, int[] rows, int count) {
        ValueSet.numberRows(rows, count);
        return select(values, rows, count);
    }

    default RowChooser and(RowChooser other) {
        return new RowsOfBoth(this, other);
    }

    default RowChooser or(RowChooser other) {
        return (values, rows, count) -> {
            int[] one = Arrays.copyOf(rows, count);
            int ones = select(values, one, count);
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
            int more = other.select(values, rest, rests);
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
