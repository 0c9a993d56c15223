package io.zipmap.sql.pushdown;

import io.zipmap.sql.vector.PlainVector;

/** The values of expressions in the rows of one batch. */
@FunctionalInterface
public interface BatchValues {
    /**
     * A vector of the values of an expression, valid until the next call for the same expression.
     *
     * @param rows row numbers of the batch; other rows of the vector have no meaning
     * @param count the number of rows
     */
    PlainVector of(ValueExpression expression, int[] rows, int count);
}
