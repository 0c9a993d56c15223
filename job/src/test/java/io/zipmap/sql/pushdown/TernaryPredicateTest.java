package io.zipmap.sql.pushdown;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TernaryPredicateTest {
    private static final List<@Nullable Boolean> VALUES = Arrays.asList(true, false, null);

    private static TernaryPredicate<String> of(@Nullable Boolean value) {
        return subject -> value;
    }

    /** The tables of the SQL standard, with null for unknown. */
    @Test
    void unknownIsTreatedAsInSql() {
        for (Boolean a : VALUES) {
            for (Boolean b : VALUES) {
                Boolean and = Boolean.FALSE.equals(a) || Boolean.FALSE.equals(b)
                        ? Boolean.FALSE
                        : a == null || b == null ? null : Boolean.TRUE;
                Boolean or = Boolean.TRUE.equals(a) || Boolean.TRUE.equals(b)
                        ? Boolean.TRUE
                        : a == null || b == null ? null : Boolean.FALSE;
                assertThat(of(a).and(of(b)).test("")).isEqualTo(and);
                assertThat(of(a).or(of(b)).test("")).isEqualTo(or);
            }
            assertThat(of(a).not().test("")).isEqualTo(a == null ? null : Boolean.valueOf(!a));
            assertThat(of(a).holds("")).isEqualTo(a != null && a);
            assertThat(of(a).mayHold("")).isEqualTo(a == null || a);
        }
    }
}
