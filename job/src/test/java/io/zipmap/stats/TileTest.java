package io.zipmap.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TileTest {
    @Test
    void theTilesOfAnArrayAreContiguousAndEquallyWide() {
        long columns = 1_000_003;
        long expected = 0;
        for (long i = 0; i < Tile.count(columns, false); i++) {
            Tile tile = Tile.at(columns, false, i);
            assertThat(tile.fromColumn()).isEqualTo(expected);
            assertThat(tile.columns()).isBetween(4081, Tile.MAX_COLUMNS);
            expected = tile.toColumn();
        }
        assertThat(expected).isEqualTo(columns);
    }

    @Test
    void quantilesMakeTilesNarrower() {
        assertThat(Tile.count(4096, false)).isEqualTo(1);
        assertThat(Tile.count(4097, false)).isEqualTo(2);
        assertThat(Tile.count(4096, true)).isEqualTo(16);
        assertThat(Tile.at(Long.MAX_VALUE, true, Tile.count(Long.MAX_VALUE, true) - 1)
                        .toColumn())
                .isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void anArrayWithoutColumnsHasNoTiles() {
        assertThat(Tile.count(0, false)).isZero();
        assertThatThrownBy(() -> Tile.at(0, false, 0)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> Tile.of(3, 3)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Tile.of(0, 4097)).isInstanceOf(IllegalArgumentException.class);
    }
}
