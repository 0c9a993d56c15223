package io.zipmap.sql.pushdown;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RowRangesTest {
    private static final int ROWS = 40;

    private final Random random = new Random(3);

    private RowRanges some(BitSet rows) {
        RowRanges ranges = RowRanges.NONE;
        for (int i = random.nextInt(5); i > 0; i--) {
            int from = random.nextInt(ROWS);
            int to = random.nextInt(ROWS + 1);
            ranges = ranges.or(RowRanges.of(from, to));
            if (to > from) {
                rows.set(from, to);
            }
        }
        return ranges;
    }

    private static BitSet rows(RowRanges ranges) {
        BitSet rows = new BitSet();
        long last = -1;
        for (RowRanges.Range range : ranges.ranges()) {
            assertThat(range.from()).isGreaterThan(last).isLessThan(range.to());
            last = range.to();
            if (range.from() < ROWS) {
                rows.set((int) range.from(), (int) Math.min(ROWS, range.to()));
            }
        }
        return rows;
    }

    @Test
    void rangesCombineAsSetsOfRowsDo() {
        for (int i = 0; i < 2_000; i++) {
            BitSet a = new BitSet();
            BitSet b = new BitSet();
            RowRanges one = some(a);
            RowRanges other = some(b);
            BitSet or = (BitSet) a.clone();
            or.or(b);
            BitSet and = (BitSet) a.clone();
            and.and(b);
            BitSet not = (BitSet) a.clone();
            not.flip(0, ROWS);
            assertThat(rows(one.or(other))).isEqualTo(or);
            assertThat(rows(one.and(other))).isEqualTo(and);
            assertThat(rows(one.not())).isEqualTo(not);
            assertThat(one.not().not().ranges()).isEqualTo(one.ranges());
        }
    }

    @Test
    void negativeNumbersAndTheGreatestLongAreNoRows() {
        assertThat(RowRanges.row(Long.MAX_VALUE).ranges()).isEmpty();
        assertThat(RowRanges.row(-1).ranges()).isEmpty();
        assertThat(RowRanges.of(Long.MIN_VALUE, 3).ranges()).containsExactly(new RowRanges.Range(0, 3));
        assertThat(RowRanges.from(5).not().ranges()).containsExactly(new RowRanges.Range(0, 5));
    }
}
