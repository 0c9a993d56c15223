package io.zipmap.sql.pushdown;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeastKeysTest {
    @Test
    void allKeysAreWantedUntilThereAreAsManyAsTheLimit() {
        LeastKeys least = new LeastKeys(3);
        least.add(new long[] {7, Long.MAX_VALUE}, 2);
        assertThat(least.last()).isEqualTo(Long.MAX_VALUE);

        least.add(new long[] {Long.MIN_VALUE, 0}, 1);
        assertThat(least.last()).isEqualTo(Long.MAX_VALUE);

        least.add(new long[] {8}, 1);
        assertThat(least.last()).isEqualTo(8);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 40, 1000})
    void theLastKeyIsNeverBeforeThatOfTheLimitAndSoonNearIt(int limit) {
        Random random = new Random(limit);
        long[] random64 = random.longs(5000).toArray();
        long[] ties = random.longs(5000, 0, 9).toArray();
        long[] descending = new long[5000];
        Arrays.setAll(descending, i -> -i);
        for (long[] keys : new long[][] {random64, ties, descending}) {
            LeastKeys least = new LeastKeys(limit);
            for (int from = 0; from < keys.length; from += 100) {
                least.add(Arrays.copyOfRange(keys, from, from + 100), 100);
                long[] sorted = Arrays.copyOf(keys, from + 100);
                Arrays.sort(sorted);
                assertThat(least.last())
                        .isGreaterThanOrEqualTo(sorted.length < limit ? Long.MAX_VALUE : sorted[limit - 1])
                        .isLessThanOrEqualTo(
                                sorted.length < limit
                                        ? Long.MAX_VALUE
                                        : sorted[Math.min(sorted.length, limit + limit / 4) - 1]);
            }
        }
    }
}
