package io.zipmap.sql;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** What can be told of a predicate over values that are never null from between which two they lie. */
@FunctionalInterface
interface ZoneTest extends Serializable {
    /** Rows, of which it is known between which values each column lies. */
    @FunctionalInterface
    interface Rows {
        Span span(ColumnRef column);
    }

    /** @return whether it holds for all of the rows, or for none; null when that cannot be told */
    @Nullable
    Boolean test(Rows rows);

    default ZoneTest and(ZoneTest other) {
        return rows -> {
            Boolean a = test(rows);
            Boolean b = other.test(rows);
            if (Boolean.FALSE.equals(a) || Boolean.FALSE.equals(b)) {
                return false;
            }
            return a == null || b == null ? null : Boolean.TRUE;
        };
    }

    default ZoneTest not() {
        return rows -> {
            Boolean a = test(rows);
            return a == null ? null : !a;
        };
    }

    default ZoneTest or(ZoneTest other) {
        return not().and(other.not()).not();
    }
}
