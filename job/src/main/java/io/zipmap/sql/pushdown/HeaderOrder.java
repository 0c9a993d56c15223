package io.zipmap.sql.pushdown;

import io.zipmap.sql.catalog.FoundArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.connector.expressions.NullOrdering;
import org.apache.spark.sql.connector.expressions.SortDirection;
import org.apache.spark.sql.connector.expressions.SortOrder;
import org.jspecify.annotations.Nullable;

/** The order of arrays that an ORDER BY of texts and numbers of the headers asks for. Immutable. */
final class HeaderOrder {
    /** The values by which an array is sorted. Immutable. */
    record Values(List<@Nullable Object> all) {}

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

    /** The values of an array, which are made once and compared often. */
    Values values(FoundArray array) {
        List<@Nullable Object> all = new ArrayList<>(keys.size());
        for (Key key : keys) {
            all.add(key.column().value(array));
        }
        return new Values(all);
    }

    int compare(Values one, Values other) {
        for (int i = 0; i < keys.size(); i++) {
            Key key = keys.get(i);
            Object a = one.all().get(i);
            Object b = other.all().get(i);
            int order = a == null || b == null
                    ? (a == null ? key.nulls() : 0) - (b == null ? key.nulls() : 0)
                    : key.sign() * KnownColumn.compare(a, b);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }
}
