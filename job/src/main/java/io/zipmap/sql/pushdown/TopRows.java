package io.zipmap.sql.pushdown;

import io.zipmap.sql.catalog.TableColumns;
import java.io.Serializable;
import java.util.Optional;
import org.apache.spark.sql.connector.expressions.SortDirection;
import org.apache.spark.sql.connector.expressions.SortOrder;

/**
 * The rows that come first in the order of an expression, as ORDER BY with LIMIT asks for them. A scan returns them and
 * others; Spark sorts and counts them. Immutable.
 */
public final class TopRows implements Serializable {
    private static final long serialVersionUID = 1L;

    /** More rows are hardly fewer than all that a task reads. */
    private static final int MOST_ROWS = 10_000;

    private final ValueExpression value;
    private final boolean isDescending;
    private final int limit;

    private TopRows(ValueExpression value, boolean isDescending, int limit) {
        this.value = value;
        this.isDescending = isDescending;
        this.limit = limit;
    }

    /**
     * Empty if the scan has to return all rows.
     *
     * @param orders of ORDER BY; rows that are equal in the first one are all returned
     */
    public static Optional<TopRows> of(SortOrder[] orders, int limit, TableColumns table) {
        if (orders.length == 0 || limit < 1 || limit > MOST_ROWS) {
            return Optional.empty();
        }
        return new ValueExpressionTranslator(table)
                .translate(orders[0].expression())
                .filter(value -> value.canBeGrouped()
                        && !value.columns().isEmpty()
                        && (value.column().isEmpty() || value.hasStatistics()))
                .map(value -> new TopRows(value, orders[0].direction() == SortDirection.DESCENDING, limit));
    }

    /** Chooses among the rows that a filter keeps, for one task. */
    public RowSelector selector(RowFilter filter) {
        return new TopRowSelector(filter, value.wide(), isDescending, limit);
    }

    @Override
    public String toString() {
        return value + (isDescending ? " DESC" : " ASC") + " LIMIT " + limit;
    }
}
