package io.zipmap.sql.pushdown;

import io.zipmap.IoFunction;
import io.zipmap.sql.catalog.FoundArray;
import io.zipmap.sql.catalog.RowSlice;
import io.zipmap.store.HeldArray;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The zone maps of one slice of a row group, from the arrays that a filter reads. The blocks of all arrays have the
 * same rows, because one {@link ZoneGrid} divides the group. A constant has the same statistics in each block; an array
 * without zone maps has none. Immutable.
 */
public final class GroupZones {
    private final List<RowSlice> blocks;
    private final List<GroupStats> stats;

    private GroupZones(List<RowSlice> blocks, List<GroupStats> stats) {
        this.blocks = blocks;
        this.stats = stats;
    }

    /**
     * Reads the zone maps of a slice, and makes those that are missing. Opens only arrays that have them.
     *
     * @param arrays opens an array by its position in the row group
     * @param columns that the filter reads, at least one
     * @return null if no array has zone maps of this slice
     */
    public static @Nullable GroupZones read(
            IoFunction<Integer, HeldArray> arrays,
            RowSlice slice,
            ColumnsByMember columns,
            int sliceBytes,
            BooleanSupplier cancelled)
            throws IOException {
        List<RowSlice> blocks = List.of(slice);
        GroupStats constants = GroupStats.NONE;
        List<GroupStats> stats = List.of(constants);
        boolean found = false;
        for (int i = 0; i < columns.size(); i++) {
            int member = columns.member(i);
            FoundArray array = slice.group().array(member);
            if (array.isConstant()) {
                if (array.layout().dtype().kind().isPlain()) {
                    SliceStats value = SliceStats.ofConstant(arrays.apply(member), cancelled);
                    stats = stats.stream()
                            .map(block -> block.with(member, value))
                            .toList();
                    found = true;
                }
                continue;
            }
            ZoneStats zones = ZoneStats.read(arrays, slice, member, columns.numbers(i), sliceBytes, cancelled);
            if (zones == null) {
                continue;
            }
            if (blocks.size() != zones.blocks().size()) {
                GroupStats one = stats.get(0);
                blocks = zones.blocks();
                stats = blocks.stream().map(block -> one).toList();
            }
            List<GroupStats> more = new ArrayList<>();
            for (int b = 0; b < stats.size(); b++) {
                more.add(stats.get(b).with(member, zones.stats(b)));
            }
            stats = more;
            found = true;
        }
        return found ? new GroupZones(blocks, stats) : null;
    }

    public int blocks() {
        return blocks.size();
    }

    /** Numbers of the blocks that may hold a row that satisfies the filter. */
    public BitSet blocksKept(ZoneFilter filter) {
        BitSet kept = new BitSet(blocks.size());
        for (int i = 0; i < blocks.size(); i++) {
            kept.set(i, filter.mayKeep(stats.get(i)));
        }
        return kept;
    }

    /** The rows of these blocks: neighbouring blocks as one range, ranges in order. */
    public List<RowSlice> rowsOf(BitSet chosen) {
        List<RowSlice> ranges = new ArrayList<>();
        for (int from = chosen.nextSetBit(0); from >= 0; ) {
            int to = chosen.nextClearBit(from);
            RowSlice first = blocks.get(from);
            ranges.add(first.part(first.fromRow(), blocks.get(to - 1).toRow()));
            from = chosen.nextSetBit(to);
        }
        return ranges;
    }
}
