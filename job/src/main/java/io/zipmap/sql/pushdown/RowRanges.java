package io.zipmap.sql.pushdown;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A set of row numbers, held as sorted ranges that neither overlap nor touch. Immutable. */
final class RowRanges implements Combinable<RowRanges> {
    /** Rows from {@code from}, included, to {@code to}, excluded. */
    record Range(long from, long to) {}

    /** More rows than an array can have. */
    private static final long END = Long.MAX_VALUE;

    static final RowRanges ALL = new RowRanges(List.of(new Range(0, END)));
    static final RowRanges NONE = new RowRanges(List.of());

    private final List<Range> ranges;

    private RowRanges(List<Range> ranges) {
        this.ranges = List.copyOf(ranges);
    }

    /** @param to excluded; a negative row number is no row */
    static RowRanges of(long from, long to) {
        long start = Math.max(0, from);
        return to <= start ? NONE : new RowRanges(List.of(new Range(start, to)));
    }

    static RowRanges from(long first) {
        return of(first, END);
    }

    static RowRanges row(long row) {
        return row == END ? NONE : of(row, row + 1);
    }

    @Override
    public RowRanges and(RowRanges other) {
        return not().or(other.not()).not();
    }

    @Override
    public RowRanges or(RowRanges other) {
        List<Range> all = new ArrayList<>(ranges);
        all.addAll(other.ranges);
        all.sort(Comparator.comparingLong(Range::from));
        List<Range> joined = new ArrayList<>();
        for (Range range : all) {
            Range last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
            if (last != null && range.from() <= last.to()) {
                joined.set(joined.size() - 1, new Range(last.from(), Math.max(last.to(), range.to())));
            } else {
                joined.add(range);
            }
        }
        return new RowRanges(joined);
    }

    @Override
    public RowRanges not() {
        List<Range> gaps = new ArrayList<>();
        long from = 0;
        for (Range range : ranges) {
            if (range.from() > from) {
                gaps.add(new Range(from, range.from()));
            }
            from = range.to();
        }
        if (from < END) {
            gaps.add(new Range(from, END));
        }
        return new RowRanges(gaps);
    }

    List<Range> ranges() {
        return ranges;
    }
}
