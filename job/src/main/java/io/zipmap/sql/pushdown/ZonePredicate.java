package io.zipmap.sql.pushdown;

import io.zipmap.sql.catalog.ColumnRef;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** What can be told of a predicate over values that are never null from between which two they lie. */
@FunctionalInterface
interface ZonePredicate extends Serializable {
    /** Rows, of which it is known between which values each column lies. */
    @FunctionalInterface
    interface Rows {
        ValueRange span(ColumnRef column);
    }

    /** @return whether it holds for all of the rows, or for none; null when that cannot be told */
    @Nullable
    Boolean test(Rows rows);

    default ZonePredicate and(ZonePredicate other) {
        return rows -> {
            Boolean a = test(rows);
            Boolean b = other.test(rows);
            if (Boolean.FALSE.equals(a) || Boolean.FALSE.equals(b)) {
                return false;
            }
            return a == null || b == null ? null : Boolean.TRUE;
        };
    }

    default ZonePredicate not() {
        return rows -> {
            Boolean a = test(rows);
            return a == null ? null : !a;
        };
    }

    default ZonePredicate or(ZonePredicate other) {
        return not().and(other.not()).not();
    }
}
