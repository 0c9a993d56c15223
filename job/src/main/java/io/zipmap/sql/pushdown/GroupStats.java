package io.zipmap.sql.pushdown;

import io.zipmap.sql.catalog.ColumnRef;
import io.zipmap.stats.ColumnStats;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Statistics of some rows of a row group: those of some of its arrays. Immutable. */
public final class GroupStats {
    /** Statistics of no array. */
    public static final GroupStats NONE = new GroupStats(new SliceStats[0]);

    private final @Nullable SliceStats[] byMember;

    private GroupStats(@Nullable SliceStats[] byMember) {
        this.byMember = byMember;
    }

    /** @param byMember the statistics by the position of their array in the row group; null for an array without */
    public static GroupStats of(@Nullable SliceStats[] byMember) {
        return new GroupStats(byMember.clone());
    }

    /** These statistics and those of one more array. */
    public GroupStats with(int member, SliceStats stats) {
        @Nullable SliceStats[] more = Arrays.copyOf(byMember, Math.max(byMember.length, member + 1));
        more[member] = stats;
        return new GroupStats(more);
    }

    /** Whether the array of this column is among them. */
    boolean has(ColumnRef column) {
        return column.member() < byMember.length && byMember[column.member()] != null;
    }

    /** @param column of an array that {@linkplain #has is among them} */
    ColumnStats column(ColumnRef column) {
        SliceStats stats = byMember[column.member()];
        if (stats == null) {
            throw new IllegalStateException("No statistics of " + column.name());
        }
        return stats.column(column);
    }
}
