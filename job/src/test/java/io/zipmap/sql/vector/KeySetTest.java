package io.zipmap.sql.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Sets of keys that are joined in any way have the keys that sets of single keys would have. */
class KeySetTest {
    private static final long[] KEYS = {
        Long.MIN_VALUE, Long.MIN_VALUE + 1, -2, -1, 0, 1, 2, 3, Long.MAX_VALUE - 1, Long.MAX_VALUE
    };

    @Test
    void joinedSetsHaveTheKeysOfBoth() {
        Random random = new Random(3);
        List<KeySet> sets = new ArrayList<>(List.of(KeySet.none(), KeySet.ofNull(), KeySet.notNull()));
        for (long key : KEYS) {
            sets.add(KeySet.below(key));
            sets.add(KeySet.upTo(key));
            sets.add(KeySet.of(List.of(key, KEYS[random.nextInt(KEYS.length)])));
        }
        for (int i = 0; i < 3000; i++) {
            KeySet one = sets.get(random.nextInt(sets.size()));
            KeySet other = sets.get(random.nextInt(sets.size()));
            KeySet union = one.union(other);
            KeySet both = one.intersection(other);
            KeySet rest = one.complement();
            for (long key : KEYS) {
                assertThat(union.contains(key)).isEqualTo(one.contains(key) || other.contains(key));
                assertThat(both.contains(key)).isEqualTo(one.contains(key) && other.contains(key));
                assertThat(rest.contains(key)).isNotEqualTo(one.contains(key));
            }
            assertThat(union.hasNull()).isEqualTo(one.hasNull() || other.hasNull());
            assertThat(both.hasNull()).isEqualTo(one.hasNull() && other.hasNull());
            sets.add(i % 2 == 0 ? union : i % 3 == 0 ? both : rest.orNull());
        }
    }
}
