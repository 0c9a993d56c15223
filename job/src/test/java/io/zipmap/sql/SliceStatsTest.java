package io.zipmap.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.array.ArrayLayout;
import io.zipmap.array.Dtype;
import io.zipmap.array.Order;
import io.zipmap.array.Shape;
import io.zipmap.stats.Tile;
import java.util.List;
import org.junit.jupiter.api.Test;

class SliceStatsTest {
    private static List<Tile> tiles(String dtype, Order order, Shape shape, int... columns) {
        return SliceStats.tiles(new ArrayLayout(Dtype.parse(dtype), shape, order), columns);
    }

    @Test
    void narrowRowsAreReadWhole() {
        assertThat(tiles("<f4", Order.C, Shape.of(9, 4), 2)).containsExactly(Tile.of(0, 4));
        assertThat(tiles("<f4", Order.C, Shape.of(9, 1024), 0, 1000)).containsExactly(Tile.of(0, 1024));
        assertThat(tiles("<f8", Order.FORTRAN, Shape.of(9), 0)).containsExactly(Tile.of(0, 1));
    }

    @Test
    void wideRowsAreReadWhereTheColumnsLie() {
        assertThat(tiles("<f4", Order.C, Shape.of(9, 10_000), 7, 90, 9000))
                .containsExactly(Tile.of(7, 91), Tile.of(9000, 9001));
        assertThat(tiles("|u1", Order.C, Shape.of(9, 20_000), 0, 4000, 8000))
                .containsExactly(Tile.of(0, 4001), Tile.of(8000, 8001));
    }

    @Test
    void columnsThatLieApartAreReadAlone() {
        assertThat(tiles("<f4", Order.FORTRAN, Shape.of(9, 4), 0, 2, 3)).containsExactly(Tile.of(0, 1), Tile.of(2, 4));
    }
}
