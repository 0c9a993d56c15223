package io.zipmap.sql.pushdown;

import io.zipmap.sql.catalog.ColumnRef;
import java.io.Serializable;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** The columns of values that an operation reads, by the array of the row group that has them. Immutable. */
public final class ColumnsByMember implements Serializable {
    private static final long serialVersionUID = 1L;

    private final int[] members;
    private final int[][] numbers;

    private ColumnsByMember(Map<Integer, TreeSet<Integer>> columns) {
        members = columns.keySet().stream().mapToInt(Integer::intValue).toArray();
        numbers = columns.values().stream()
                .map(all -> all.stream().mapToInt(Integer::intValue).toArray())
                .toArray(int[][]::new);
    }

    /** @param columns no hidden ones; repeated ones count once */
    static ColumnsByMember of(Collection<ColumnRef> columns) {
        Map<Integer, TreeSet<Integer>> all = new TreeMap<>();
        for (ColumnRef column : columns) {
            all.computeIfAbsent(column.member(), member -> new TreeSet<>()).add(column.number());
        }
        return new ColumnsByMember(all);
    }

    static ColumnsByMember of(ColumnRef... columns) {
        return of(List.of(columns));
    }

    public boolean isEmpty() {
        return members.length == 0;
    }

    /** The number of arrays. */
    public int size() {
        return members.length;
    }

    /** The position of the i-th array in its row group. */
    public int member(int i) {
        return members[i];
    }

    /** Sorted numbers of the columns of the i-th array, at least one. */
    public int[] numbers(int i) {
        return numbers[i];
    }
}
