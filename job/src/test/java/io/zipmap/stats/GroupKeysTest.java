package io.zipmap.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GroupKeysTest {
    @Test
    void eachKeyIsOneGroupHoweverManyThereAre() {
        for (int bits : new int[] {1, 8, 16, 32, 64}) {
            GroupKeys keys = new GroupKeys(bits);
            for (int round = 0; round < 2; round++) {
                int distinct = Math.min(5000, 1 << Math.min(bits, 16));
                long[] rowKeys = IntStream.range(0, 3 * distinct)
                        .mapToLong(i -> -13L * (i % distinct))
                        .toArray();
                int[] rows = IntStream.range(0, rowKeys.length).toArray();
                int[] groups = new int[rows.length];
                keys.add(rowKeys, rows, rows.length, groups);
                assertThat(keys.size()).isEqualTo(distinct);
                assertThat(groups[2 * distinct - 1]).isEqualTo(distinct - 1);
                assertThat(keys.count(distinct - 1)).isEqualTo(3);
                assertThat(keys.key(1)).isEqualTo(bits == 64 ? -13 : -13 & (1L << bits) - 1);
                keys.clear();
                assertThat(keys.size()).isZero();
            }
        }
    }
}
