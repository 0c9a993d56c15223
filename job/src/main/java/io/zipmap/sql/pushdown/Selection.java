package io.zipmap.sql.pushdown;

import io.zipmap.IoConsumer;
import io.zipmap.sql.catalog.Inventory;
import io.zipmap.sql.catalog.PackedSlices;
import io.zipmap.sql.catalog.PartitionColumns;
import io.zipmap.sql.catalog.RowSlice;
import java.io.IOException;
import java.util.Optional;
import org.apache.spark.sql.connector.expressions.filter.Predicate;

/**
 * The rows of a table that a scan reads. Predicates over {@code _archive}, {@code _entry}, partition columns and
 * {@code _row} select rows first; offset and limit then apply to the selected rows; a runtime filter of a join leaves
 * out whole row groups last. Immutable.
 */
public final class Selection implements SliceSelection {
    private static final TernaryPredicate<ArrayNames> ANY = names -> true;

    public static final Selection ALL = new Selection(ANY, RowRanges.ALL, 0, Long.MAX_VALUE, ANY);

    private final TernaryPredicate<ArrayNames> names;
    private final RowRanges rows;
    private final long offset;
    private final long limit;
    private final TernaryPredicate<ArrayNames> runtime;

    private Selection(
            TernaryPredicate<ArrayNames> names,
            RowRanges rows,
            long offset,
            long limit,
            TernaryPredicate<ArrayNames> runtime) {
        this.names = names;
        this.rows = rows;
        this.offset = offset;
        this.limit = limit;
        this.runtime = runtime;
    }

    /**
     * Narrows this selection to the rows for which a predicate holds.
     *
     * @return empty if Spark has to evaluate the predicate: it uses more than names alone or row numbers alone
     */
    public Optional<Selection> where(Predicate predicate, PartitionColumns partitions) {
        Optional<TernaryPredicate<ArrayNames>> byName = byNames(partitions).translate(predicate);
        Optional<RowRanges> byRow = new RowPredicateTranslator().translate(predicate);
        if (byName.isEmpty() && byRow.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Selection(
                byName.map(names::and).orElse(names), byRow.map(rows::and).orElse(rows), offset, limit, runtime));
    }

    private static KnownPredicateTranslator<ArrayNames> byNames(PartitionColumns partitions) {
        return new KnownPredicateTranslator<>(expression -> NameColumn.of(expression, partitions));
    }

    /** Keeps at most the first {@code most} rows. */
    public Selection limit(long most) {
        return new Selection(names, rows, offset, Math.min(limit, most), runtime);
    }

    /** Leaves out the first {@code count} rows. */
    public Selection offset(long count) {
        long left = limit == Long.MAX_VALUE ? limit : Math.max(0, limit - count);
        return new Selection(names, rows, offset + count, left, runtime);
    }

    /** Replaces the runtime filter. Predicates that use more than names are ignored, as Spark permits. */
    public Selection runtimeFilter(Predicate[] predicates, PartitionColumns partitions) {
        TernaryPredicate<ArrayNames> found = ANY;
        KnownPredicateTranslator<ArrayNames> translator = byNames(partitions);
        for (Predicate predicate : predicates) {
            found = translator.translate(predicate).map(found::and).orElse(found);
        }
        return new Selection(names, rows, offset, limit, found);
    }

    /** {@code Long.MAX_VALUE} for none. */
    long limit() {
        return limit;
    }

    long offset() {
        return offset;
    }

    @Override
    public boolean isAll() {
        return this == ALL;
    }

    /** Hands the selected rows to a consumer, in order. Unpacks one {@link PackedSlices} at a time. */
    @Override
    public void forEach(Inventory inventory, IoConsumer<RowSlice> consumer) throws IOException {
        long skip = offset;
        long left = limit;
        for (PackedSlices packed : inventory.packedGroups()) {
            for (RowSlice whole : packed.unpack()) {
                ArrayNames arrayNames = ArrayNames.of(whole.group());
                if (!names.holds(arrayNames)) {
                    continue;
                }
                boolean wanted = runtime.holds(arrayNames);
                for (RowRanges.Range range : rows.ranges()) {
                    long from = Math.min(range.from(), whole.toRow());
                    long to = Math.min(range.to(), whole.toRow());
                    long skipped = Math.min(skip, to - from);
                    skip -= skipped;
                    long count = Math.min(left, to - from - skipped);
                    left -= left == Long.MAX_VALUE ? 0 : count;
                    if (count > 0 && wanted) {
                        consumer.accept(whole.part(from + skipped, from + skipped + count));
                    }
                }
                if (left == 0) {
                    return;
                }
            }
        }
    }
}
