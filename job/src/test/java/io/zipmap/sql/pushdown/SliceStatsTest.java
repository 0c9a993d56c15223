package io.zipmap.sql.pushdown;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.ZipmapException;
import io.zipmap.array.ArrayLayout;
import io.zipmap.array.Dtype;
import io.zipmap.array.Order;
import io.zipmap.array.Shape;
import io.zipmap.stats.Tile;
import java.util.List;
import org.junit.jupiter.api.Test;

class SliceStatsTest {
    private static List<Tile> tiles(String dtype, Order order, long[] axes, int... columns) throws ZipmapException {
        return SliceStats.tiles(new ArrayLayout(Dtype.parse(dtype), Shape.of(axes), order), columns);
    }

    private static long[] axes(long... axes) {
        return axes;
    }

    @Test
    void narrowRowsAreReadWhole() throws ZipmapException {
        assertThat(tiles("<f4", Order.C, axes(9, 4), 2)).containsExactly(Tile.of(0, 4));
        assertThat(tiles("<f4", Order.C, axes(9, 1024), 0, 1000)).containsExactly(Tile.of(0, 1024));
        assertThat(tiles("<f8", Order.FORTRAN, axes(9), 0)).containsExactly(Tile.of(0, 1));
    }

    @Test
    void onlyWantedColumnsOfWideRowsAreRead() throws ZipmapException {
        assertThat(tiles("<f4", Order.C, axes(9, 10_000), 7, 90, 9000))
                .containsExactly(Tile.of(7, 91), Tile.of(9000, 9001));
        assertThat(tiles("|u1", Order.C, axes(9, 20_000), 0, 4000, 8000))
                .containsExactly(Tile.of(0, 4001), Tile.of(8000, 8001));
    }

    @Test
    void separateColumnsOfAColumnMajorArrayAreReadAlone() throws ZipmapException {
        assertThat(tiles("<f4", Order.FORTRAN, axes(9, 4), 0, 2, 3)).containsExactly(Tile.of(0, 1), Tile.of(2, 4));
    }
}
