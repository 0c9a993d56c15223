package io.zipmap.sql.pushdown;

import io.zipmap.sql.catalog.ColumnRef;
import io.zipmap.sql.catalog.TableColumns;
import io.zipmap.stats.ColumnStats;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.connector.expressions.filter.Predicate;

/**
 * The predicates of a query, joined by AND, that zone maps can decide. A scan skips a block if its zone map shows that
 * no row of the block satisfies all of them. Immutable.
 */
public final class ZoneFilter implements Serializable {
    private static final long serialVersionUID = 1L;

    public static final ZoneFilter NONE = new ZoneFilter(List.of());

    private final List<Conjunct> conjuncts;

    /** One predicate of the AND, with the columns that it uses. */
    private static final class Conjunct implements Serializable {
        private static final long serialVersionUID = 1L;

        private final Predicate predicate;
        private final TernaryPredicate<ColumnRanges> test;
        private final List<ColumnRef> columns;

        Conjunct(Predicate predicate, TernaryPredicate<ColumnRanges> test, List<ColumnRef> columns) {
            this.predicate = predicate;
            this.test = test;
            this.columns = columns;
        }

        boolean usesOnly(ColumnRef column) {
            return columns.size() == 1
                    && columns.get(0).member() == column.member()
                    && columns.get(0).number() == column.number();
        }
    }

    private ZoneFilter(List<Conjunct> conjuncts) {
        this.conjuncts = List.copyOf(conjuncts);
    }

    /** Adds a predicate; returns this filter if zone maps cannot decide the predicate. */
    public ZoneFilter and(Predicate predicate, TableColumns table) {
        ZonePredicateTranslator translator = new ZonePredicateTranslator(table);
        Optional<TernaryPredicate<ColumnRanges>> test = translator.translate(predicate);
        if (test.isEmpty()) {
            return this;
        }
        List<Conjunct> more = new ArrayList<>(conjuncts);
        more.add(new Conjunct(predicate, test.get(), translator.columns(predicate)));
        return new ZoneFilter(more);
    }

    public boolean isEmpty() {
        return conjuncts.isEmpty();
    }

    public Stream<Predicate> predicates() {
        return conjuncts.stream().map(conjunct -> conjunct.predicate);
    }

    /** The columns that this filter reads. */
    public ColumnsByMember columns() {
        return ColumnsByMember.of(columnRefs().toList());
    }

    private Stream<ColumnRef> columnRefs() {
        return conjuncts.stream().flatMap(conjunct -> conjunct.columns.stream());
    }

    /**
     * Whether a block may hold a row that satisfies all predicates. The numbers and the NaN of a column are tested
     * separately, by the predicates that use only that column: in a block with NaN and numbers below 1, {@code c >= 1}
     * holds for NaN and {@code c <= 2} for the numbers, but {@code c BETWEEN 1 AND 2} for no row. A predicate on a
     * column without statistics excludes nothing.
     */
    boolean mayKeep(GroupStats block) {
        return columnRefs().filter(block::has).allMatch(column -> mayKeepValues(block.column(column), column))
                && conjuncts.stream()
                        .filter(conjunct -> conjunct.columns.stream().allMatch(block::has))
                        .allMatch(conjunct -> conjunct.test.mayHold(column -> range(block, column)));
    }

    private boolean mayKeepValues(ColumnStats stats, ColumnRef column) {
        return SparkValues.ranges(stats, column.type()).stream()
                .anyMatch(range -> conjuncts.stream()
                        .filter(conjunct -> conjunct.usesOnly(column))
                        .allMatch(conjunct -> conjunct.test.mayHold(any -> range)));
    }

    private static ValueRange range(GroupStats block, ColumnRef column) {
        return SparkValues.range(block.column(column), column.type());
    }

    @Override
    public String toString() {
        return predicates().toList().toString();
    }
}
