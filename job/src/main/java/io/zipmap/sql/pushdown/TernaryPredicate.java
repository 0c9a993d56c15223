package io.zipmap.sql.pushdown;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A predicate in SQL's three-valued logic: true, false or unknown. AND, OR and NOT treat unknown as Spark does: FALSE
 * AND unknown is false, TRUE OR unknown is true, and any other combination with unknown is unknown.
 */
@FunctionalInterface
interface TernaryPredicate<T> extends Combinable<TernaryPredicate<T>>, Serializable {
    /** @return null for unknown */
    @Nullable
    Boolean test(T subject);

    /** Whether the predicate is true, as WHERE demands it of a row. */
    default boolean holds(T subject) {
        return Boolean.TRUE.equals(test(subject));
    }

    /** Whether the predicate is true or unknown. */
    default boolean mayHold(T subject) {
        return !Boolean.FALSE.equals(test(subject));
    }

    @Override
    default TernaryPredicate<T> and(TernaryPredicate<T> other) {
        return subject -> {
            Boolean a = test(subject);
            Boolean b = other.test(subject);
            if (Boolean.FALSE.equals(a) || Boolean.FALSE.equals(b)) {
                return false;
            }
            return a == null || b == null ? null : Boolean.TRUE;
        };
    }

    @Override
    default TernaryPredicate<T> or(TernaryPredicate<T> other) {
        return not().and(other.not()).not();
    }

    @Override
    default TernaryPredicate<T> not() {
        return subject -> {
            Boolean a = test(subject);
            return a == null ? null : !a;
        };
    }
}
