package io.zipmap.sql;

import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** A predicate over {@code _archive} and {@code _entry}, true, false or unknown as Spark evaluates it. */
@FunctionalInterface
interface NameTest {
    /** @return null for unknown */
    @Nullable
    Boolean test(UTF8String archive, @Nullable UTF8String entry);

    /** Whether a row with these names is kept. */
    default boolean keeps(UTF8String archive, @Nullable UTF8String entry) {
        return Boolean.TRUE.equals(test(archive, entry));
    }

    default NameTest and(NameTest other) {
        return (archive, entry) -> {
            Boolean a = test(archive, entry);
            Boolean b = other.test(archive, entry);
            if (Boolean.FALSE.equals(a) || Boolean.FALSE.equals(b)) {
                return false;
            }
            return a == null || b == null ? null : Boolean.TRUE;
        };
    }

    default NameTest not() {
        return (archive, entry) -> {
            Boolean a = test(archive, entry);
            return a == null ? null : !a;
        };
    }

    default NameTest or(NameTest other) {
        return not().and(other.not()).not();
    }
}
