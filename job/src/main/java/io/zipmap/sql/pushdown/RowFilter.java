package io.zipmap.sql.pushdown;

import io.zipmap.sql.catalog.ColumnRef;
import io.zipmap.sql.catalog.TableColumns;
import io.zipmap.sql.vector.ValueSet;
import java.io.Serializable;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The predicates on values, joined by AND, that a scan evaluates exactly, so that Spark does not evaluate them again.
 * Immutable.
 */
public final class RowFilter implements RowSelector, Serializable {
    private static final long serialVersionUID = 1L;

    public static final RowFilter NONE = new RowFilter(List.of(), null);

    private final List<ColumnRef> columns;
    private final @Nullable RowChooser chooser;

    private RowFilter(List<ColumnRef> columns, @Nullable RowChooser chooser) {
        this.columns = List.copyOf(columns);
        this.chooser = chooser;
    }

    /** Adds a predicate; empty if Spark has to evaluate it. */
    public Optional<RowFilter> and(Predicate predicate, TableColumns table) {
        ValuePredicateTranslator translator = new ValuePredicateTranslator(table);
        return translator.translate(predicate).map(translated -> {
            Map<String, ColumnRef> all = new LinkedHashMap<>();
            columns.forEach(column -> all.put(column.name(), column));
            Arrays.stream(predicate.references())
                    .flatMap(reference -> translator.column(reference).stream())
                    .flatMap(value -> value.columns().stream())
                    .forEach(column -> all.putIfAbsent(column.name(), column));
            RowChooser more = translated.whenTrue();
            return new RowFilter(List.copyOf(all.values()), chooser == null ? more : chooser.and(more));
        });
    }

    @Override
    public boolean isEmpty() {
        return chooser == null;
    }

    @Override
    public List<ColumnRef> columns() {
        return columns;
    }

    /** Finds the rows of a batch that satisfy all predicates. */
    @Override
    public int select(BatchValues values, int[] rows, int count) {
        if (chooser == null) {
            ValueSet.numberRows(rows, count);
            return count;
        }
        return chooser.selectAll(values, rows, count);
    }
}
