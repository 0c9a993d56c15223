package io.zipmap.sql.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Comparing values chooses the same rows as comparing their keys. */
class FloatRangeTest {
    private static final float[] VALUES = {
        Float.NEGATIVE_INFINITY,
        -Float.MAX_VALUE,
        -1,
        -Float.MIN_VALUE,
        -0.0f,
        0.0f,
        Float.MIN_VALUE,
        1,
        Math.nextUp(1f),
        Float.MAX_VALUE,
        Float.POSITIVE_INFINITY,
        Float.NaN,
        Float.intBitsToFloat(0xffc00001)
    };

    @Test
    void rangesOfAllKindsOfValues() {
        for (float one : VALUES) {
            long key = KeySet.key(one);
            check(KeySet.below(key));
            check(KeySet.upTo(key));
            check(KeySet.below(key).complement());
            check(KeySet.upTo(key).complement());
            check(KeySet.of(List.of(key)));
            for (float other : VALUES) {
                check(KeySet.below(key).complement().intersection(KeySet.upTo(KeySet.key(other))));
                check(KeySet.upTo(key).complement().intersection(KeySet.below(KeySet.key(other))));
            }
        }
        check(KeySet.notNull());
        check(KeySet.none());
    }

    private static void check(KeySet set) {
        int[] expected = IntStream.range(0, VALUES.length)
                .filter(i -> set.contains(KeySet.key(VALUES[i])))
                .toArray();
        // The second time, the vector knows whether the first one kept few rows.
        FloatVector vector = new FloatVector(VALUES, 0, 1);
        for (int i = 0; i < 2; i++) {
            int[] rows = new int[VALUES.length];
            int kept = vector.selectAll(set, rows, rows.length);
            assertThat(Arrays.copyOf(rows, kept)).containsExactly(expected);
            int[] all = IntStream.range(0, VALUES.length).toArray();
            assertThat(Arrays.copyOf(all, vector.select(set, all, all.length))).containsExactly(expected);
            int[] rest = IntStream.range(1, VALUES.length).toArray();
            kept = vector.select(set, rest, rest.length);
            assertThat(Arrays.copyOf(rest, kept))
                    .containsExactly(
                            IntStream.of(expected).filter(row -> row > 0).toArray());
        }
    }
}
