package io.zipmap.sql.pushdown;

import io.zipmap.sql.catalog.FoundArray;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.connector.expressions.NullOrdering;
import org.apache.spark.sql.connector.expressions.SortDirection;
import org.apache.spark.sql.connector.expressions.SortOrder;

/** The order of arrays that an ORDER BY of texts and numbers of the headers asks for. Immutable. */
final class HeaderOrder implements Comparator<FoundArray> {
    private record Key(HeaderColumn column, int sign, int nulls) {}

    private final List<Key> keys;

    private HeaderOrder(List<Key> keys) {
        this.keys = List.copyOf(keys);
    }

    /** Empty if an order uses anything else. */
    static Optional<HeaderOrder> of(SortOrder[] orders) {
        List<Key> keys = new ArrayList<>();
        for (SortOrder order : orders) {
            HeaderColumn.of(order.expression())
                    .ifPresent(column -> keys.add(new Key(
                            column,
                            order.direction() == SortDirection.ASCENDING ? 1 : -1,
                            order.nullOrdering() == NullOrdering.NULLS_FIRST ? -1 : 1)));
        }
        return keys.size() == orders.length ? Optional.of(new HeaderOrder(keys)) : Optional.empty();
    }

    @Override
    public int compare(FoundArray one, FoundArray other) {
        for (Key key : keys) {
            Object a = key.column().value(one);
            Object b = key.column().value(other);
            int order = a == null || b == null
                    ? (a == null ? key.nulls() : 0) - (b == null ? key.nulls() : 0)
                    : key.sign() * HeaderColumn.compare(a, b);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }
}
