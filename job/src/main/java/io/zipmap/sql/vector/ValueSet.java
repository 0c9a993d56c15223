package io.zipmap.sql.vector;

import java.io.Serializable;
import org.apache.spark.sql.vectorized.ColumnVector;

/** The values of a column, null among them, for which a predicate is true. Immutable. */
public abstract class ValueSet implements Serializable {
    private static final long serialVersionUID = 1L;

    ValueSet() {}

    /**
     * Keeps the rows whose values are in this set.
     *
     * @param column a vector of this package, of values of the type that this set was made for
     * @param rows row numbers of the vector, sorted; the first ones are replaced by those that are kept
     * @param count the number of rows
     * @return the number of rows that are kept
     */
    public abstract int select(ColumnVector column, int[] rows, int count);

    /**
     * As {@link #select} of all rows from 0 on.
     *
     * @param rows receives the numbers of the rows that are kept
     */
    public int selectAll(ColumnVector column, int[] rows, int count) {
        numberRows(rows, count);
        return select(column, rows, count);
    }

    /** Writes the numbers of the rows from 0 on. */
    public static void numberRows(int[] rows, int count) {
        for (int i = 0; i < count; i++) {
            rows[i] = i;
        }
    }
}
