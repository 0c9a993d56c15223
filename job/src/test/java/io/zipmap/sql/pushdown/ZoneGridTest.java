package io.zipmap.sql.pushdown;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.ZipmapException;
import io.zipmap.archive.ArchiveRef;
import io.zipmap.array.ArrayLayout;
import io.zipmap.array.Dtype;
import io.zipmap.array.Order;
import io.zipmap.array.Shape;
import io.zipmap.sql.catalog.FoundArray;
import io.zipmap.sql.catalog.RowGroup;
import io.zipmap.sql.catalog.RowSlice;
import io.zipmap.stats.Tile;
import org.junit.jupiter.api.Test;

class ZoneGridTest {
    private static final long SLICE = 64 << 20;

    private static RowGroup array(String dtype, Order order, long... axes) throws ZipmapException {
        ArrayLayout layout = new ArrayLayout(Dtype.parse(dtype), Shape.of(axes), order);
        return RowGroup.of(new FoundArray(new ArchiveRef("file:///a.zip", 1, "v"), 0, "x", "stored", 1, layout));
    }

    @Test
    void aSliceIsAWholeNumberOfBlocks() throws ZipmapException {
        ZoneGrid narrow = ZoneGrid.of(array("<f4", Order.C, 9_000_000, 3), SLICE);
        assertThat(narrow.blockRows()).isEqualTo(65_536);
        assertThat(narrow.slicer().sliceRows()).isEqualTo(85 * 65_536);
        ZoneGrid wide = ZoneGrid.of(array("<f8", Order.C, 9_000_000, 500), SLICE);
        assertThat(wide.blockRows()).isEqualTo(wide.slicer().sliceRows()).isEqualTo(SLICE / 4000);
    }

    @Test
    void onlyWholeSlicesAreSlices() throws ZipmapException {
        RowSlice all = RowSlice.whole(array("<f4", Order.C, 1000, 1));
        ZoneGrid grid = ZoneGrid.of(all.group(), 1600);
        assertThat(grid.isSlice(all.part(400, 800))).isTrue();
        assertThat(grid.isSlice(all.part(800, 1000))).isTrue();
        assertThat(grid.isSlice(all.part(800, 999))).isFalse();
        assertThat(grid.isSlice(all.part(399, 799))).isFalse();
        assertThat(grid.isSlice(all)).isFalse();
    }

    @Test
    void aZoneMapCoversColumnsThatAreReadTogether() throws ZipmapException {
        assertThat(tiles("<f4", Order.C, 100_000, 7)).containsExactly(Tile.of(0, 7));
        assertThat(tiles("<f4", Order.FORTRAN, 100_000, 7)).containsExactly(Tile.of(1, 2), Tile.of(5, 6));
        assertThat(tiles("<f4", Order.FORTRAN, 100_000, 40)).containsExactly(Tile.of(0, 3), Tile.of(3, 6));
        assertThat(tiles("<f4", Order.FORTRAN, 100_000, 90)).containsExactly(Tile.of(0, 6));
        assertThat(tiles("<f4", Order.FORTRAN, 100_000, 35)).containsExactly(Tile.of(0, 3), Tile.of(3, 6));
    }

    @Test
    void smallSlicesWideRowsAndMoreThanTwoAxesHaveNoZoneMap() throws ZipmapException {
        assertThat(tiles("<f4", Order.C, 2000, 7)).isEmpty();
        assertThat(tiles("<f4", Order.C, 100_000, 2000)).isEmpty();
        assertThat(tiles("<f4", Order.FORTRAN, 1000, 70_000)).isEmpty();
        assertThat(tiles("<f4", Order.C, 100_000, 7, 2)).isEmpty();
    }

    private static Iterable<Tile> tiles(String dtype, Order order, long... axes) throws ZipmapException {
        RowSlice rows = RowSlice.whole(array(dtype, order, axes));
        ZoneGrid grid = ZoneGrid.of(rows.group(), SLICE);
        long sliceRows = Math.min(rows.toRow(), grid.slicer().sliceRows());
        return grid.tiles(rows.group().array(0), sliceRows, new int[] {1, 5});
    }
}
