package io.zipmap.sql.pushdown;

import io.zipmap.sql.catalog.ColumnRef;
import io.zipmap.stats.ColumnStats;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.types.StructType;

/** Predicates over values that all must hold, as far as zone maps tell of them. Immutable. */
public final class ZoneFilter implements Serializable {
    private static final long serialVersionUID = 1L;

    public static final ZoneFilter NONE = new ZoneFilter(List.of());

    private final List<Conjunct> conjuncts;

    /** One predicate, and the columns that it speaks of. */
    private static final class Conjunct implements Serializable {
        private static final long serialVersionUID = 1L;

        private final Predicate predicate;
        private final TernaryPredicate<ColumnRanges> ranges;
        private final List<ColumnRef> columns;

        Conjunct(Predicate predicate, TernaryPredicate<ColumnRanges> ranges, List<ColumnRef> columns) {
            this.predicate = predicate;
            this.ranges = ranges;
            this.columns = columns;
        }

        boolean isOnlyOf(int column) {
            return columns.size() == 1 && columns.get(0).number() == column;
        }
    }

    private ZoneFilter(List<Conjunct> conjuncts) {
        this.conjuncts = List.copyOf(conjuncts);
    }

    /** With one more, unless zone maps tell nothing of it. */
    public ZoneFilter and(Predicate predicate, StructType table) {
        ZonePredicateTranslator translator = new ZonePredicateTranslator(table);
        Optional<TernaryPredicate<ColumnRanges>> ranges = translator.translate(predicate);
        if (ranges.isEmpty()) {
            return this;
        }
        List<Conjunct> more = new ArrayList<>(conjuncts);
        more.add(new Conjunct(predicate, ranges.get(), translator.columns(predicate)));
        return new ZoneFilter(more);
    }

    public boolean isEmpty() {
        return conjuncts.isEmpty();
    }

    public Stream<Predicate> predicates() {
        return conjuncts.stream().map(conjunct -> conjunct.predicate);
    }

    /** That must be known, in order. */
    public int[] columns() {
        return columnRefs().mapToInt(ColumnRef::number).sorted().distinct().toArray();
    }

    private Stream<ColumnRef> columnRefs() {
        return conjuncts.stream().flatMap(conjunct -> conjunct.columns.stream());
    }

    /**
     * Whether a block may hold a row that is kept. Numbers and NaN of a column are looked at apart, by all predicates
     * over that column alone: of a block with NaN, {@code c BETWEEN 1 AND 2} holds on one side for NaN, and on the
     * other for numbers, but for no row.
     */
    boolean mayKeep(SliceStats block) {
        return columnRefs().allMatch(column -> mayKeep(block.column(column), column))
                && conjuncts.stream().allMatch(conjunct -> conjunct.ranges.mayHold(column -> range(block, column)));
    }

    private boolean mayKeep(ColumnStats stats, ColumnRef column) {
        return SparkValues.ranges(stats, column.type()).stream()
                .anyMatch(range -> conjuncts.stream()
                        .filter(conjunct -> conjunct.isOnlyOf(column.number()))
                        .allMatch(conjunct -> conjunct.ranges.mayHold(any -> range)));
    }

    private static ValueRange range(SliceStats block, ColumnRef column) {
        return SparkValues.range(block.column(column), column.type());
    }

    @Override
    public String toString() {
        return predicates().toList().toString();
    }
}
