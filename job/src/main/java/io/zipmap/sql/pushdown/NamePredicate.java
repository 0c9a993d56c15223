package io.zipmap.sql.pushdown;

import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** A predicate over {@code _archive} and {@code _entry}, true, false or unknown as Spark evaluates it. */
@FunctionalInterface
public interface NamePredicate {
    /** @return null for unknown */
    @Nullable
    Boolean test(UTF8String archive, @Nullable UTF8String entry);

    /** Whether a row with these names is kept. */
    default boolean keeps(UTF8String archive, @Nullable UTF8String entry) {
        return Boolean.TRUE.equals(test(archive, entry));
    }

    default NamePredicate and(NamePredicate other) {
        return (archive, entry) -> {
            Boolean a = test(archive, entry);
            Boolean b = other.test(archive, entry);
            if (Boolean.FALSE.equals(a) || Boolean.FALSE.equals(b)) {
                return false;
            }
            return a == null || b == null ? null : Boolean.TRUE;
        };
    }

    default NamePredicate not() {
        return (archive, entry) -> {
            Boolean a = test(archive, entry);
            return a == null ? null : !a;
        };
    }

    default NamePredicate or(NamePredicate other) {
        return not().and(other.not()).not();
    }
}
