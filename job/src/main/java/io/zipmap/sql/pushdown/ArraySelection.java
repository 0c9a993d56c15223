package io.zipmap.sql.pushdown;

import io.zipmap.IoConsumer;
import io.zipmap.sql.catalog.FoundArray;
import io.zipmap.sql.catalog.Inventory;
import io.zipmap.sql.catalog.PackedSlices;
import io.zipmap.sql.catalog.PartitionColumns;
import io.zipmap.sql.catalog.RowSlice;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import org.apache.spark.sql.connector.expressions.SortOrder;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.types.DataType;
import org.jspecify.annotations.Nullable;

/**
 * The arrays that a scan of the table {@code arrays} returns, each one whole. Predicates over what the headers tell
 * select arrays first; order, offset and limit then apply to the selected arrays; a runtime filter of a join comes
 * last. Immutable, except that it remembers the sorted arrays of one inventory.
 */
public final class ArraySelection implements SliceSelection {
    private static final TernaryPredicate<FoundArray> ANY = array -> true;

    /** Most arrays that the driver sorts. */
    private static final int MAX_SORTED = 10_000;

    public static final ArraySelection ALL = new ArraySelection(ANY, null, 0, Long.MAX_VALUE, ANY);

    private final TernaryPredicate<FoundArray> wanted;
    private final @Nullable HeaderOrder order;
    private final long offset;
    private final long limit;
    private final TernaryPredicate<FoundArray> runtime;
    private volatile @Nullable Sorted sorted;

    /** The first wanted arrays of the order, before the runtime filter: a query asks for them several times. */
    private record Sorted(Inventory inventory, List<PackedSlices> arrays) {}

    private record Candidate(HeaderOrder.Values values, RowSlice array) {}

    private ArraySelection(
            TernaryPredicate<FoundArray> wanted,
            @Nullable HeaderOrder order,
            long offset,
            long limit,
            TernaryPredicate<FoundArray> runtime) {
        this.wanted = wanted;
        this.order = order;
        this.offset = offset;
        this.limit = limit;
        this.runtime = runtime;
    }

    /** Whether predicates on this column can be evaluated. */
    public static boolean canFilter(String column) {
        return HeaderColumn.of(column).isPresent();
    }

    /**
     * Narrows this selection to the arrays for which a predicate holds.
     *
     * @return empty if Spark has to evaluate the predicate
     */
    public Optional<ArraySelection> where(Predicate predicate, PartitionColumns partitions) {
        return translate(predicate, partitions)
                .map(found -> new ArraySelection(wanted.and(found), order, offset, limit, runtime));
    }

    /** A predicate uses what the headers tell, and what the names of partition folders tell. */
    private static Optional<TernaryPredicate<FoundArray>> translate(Predicate predicate, PartitionColumns partitions) {
        return new KnownPredicateTranslator<FoundArray>(expression -> {
                    Optional<HeaderColumn> header = HeaderColumn.of(expression);
                    return header.isPresent()
                            ? header
                            : NameColumn.of(expression, partitions).map(PartitionOfArray::new);
                })
                .translate(predicate);
    }

    /** The value of a partition column for an array. */
    private record PartitionOfArray(NameColumn column) implements KnownColumn<FoundArray> {
        @Override
        public DataType type() {
            return column.type();
        }

        @Override
        public @Nullable Object value(FoundArray array) {
            return column.value(ArrayNames.of(array));
        }
    }

    /** Keeps at most the first {@code most} arrays. */
    public ArraySelection limit(long most) {
        return new ArraySelection(wanted, order, offset, Math.min(limit, most), runtime);
    }

    /**
     * Keeps at most the first {@code most} arrays in this order.
     *
     * @return empty if Spark has to sort
     */
    public Optional<ArraySelection> top(SortOrder[] orders, int most) {
        return most > MAX_SORTED
                ? Optional.empty()
                : HeaderOrder.of(orders).map(sorted -> new ArraySelection(wanted, sorted, offset, most, runtime));
    }

    /** Leaves out the first {@code count} arrays. */
    public ArraySelection offset(long count) {
        long left = limit == Long.MAX_VALUE ? limit : Math.max(0, limit - count);
        return new ArraySelection(wanted, order, offset + count, left, runtime);
    }

    /** Replaces the runtime filter. Predicates that cannot be translated are ignored, as Spark permits. */
    public ArraySelection runtimeFilter(Predicate[] predicates, PartitionColumns partitions) {
        TernaryPredicate<FoundArray> found = Arrays.stream(predicates)
                .flatMap(predicate -> translate(predicate, partitions).stream())
                .reduce(ANY, TernaryPredicate::and);
        ArraySelection filtered = new ArraySelection(wanted, order, offset, limit, found);
        filtered.sorted = sorted;
        return filtered;
    }

    /** {@code Long.MAX_VALUE} for none. */
    public long limit() {
        return limit;
    }

    public long offset() {
        return offset;
    }

    @Override
    public boolean isAll() {
        return this == ALL;
    }

    @Override
    public void forEach(Inventory inventory, IoConsumer<RowSlice> consumer) throws IOException {
        IoConsumer<RowSlice> joined = array -> {
            if (runtime.holds(array.group().array(0))) {
                consumer.accept(array);
            }
        };
        if (order == null) {
            forEachWanted(inventory, offset, limit, joined);
        } else {
            for (PackedSlices packed : sorted(inventory, order)) {
                for (RowSlice array : packed.unpack()) {
                    joined.accept(array);
                }
            }
        }
    }

    private void forEachWanted(Inventory inventory, long skipped, long most, IoConsumer<RowSlice> consumer)
            throws IOException {
        long skip = skipped;
        long left = most;
        for (PackedSlices packed : inventory.packedGroups()) {
            for (RowSlice whole : packed.unpack()) {
                if (left == 0) {
                    return;
                }
                if (!wanted.holds(whole.group().array(0))) {
                    continue;
                }
                if (skip > 0) {
                    skip--;
                    continue;
                }
                left -= left == Long.MAX_VALUE ? 0 : 1;
                consumer.accept(whole);
            }
        }
    }

    private List<PackedSlices> sorted(Inventory inventory, HeaderOrder by) throws IOException {
        Sorted known = sorted;
        if (known == null || known.inventory() != inventory) {
            List<RowSlice> first = first(inventory, by);
            List<PackedSlices> packed = new ArrayList<>();
            for (int from = 0; from < first.size(); from += PackedSlices.MAX_SLICES) {
                int to = Math.min(first.size(), from + PackedSlices.MAX_SLICES);
                packed.add(PackedSlices.pack(first.subList(from, to)));
            }
            known = new Sorted(inventory, packed);
            sorted = known;
        }
        return known.arrays();
    }

    /** The first wanted arrays of an order, at most {@link #limit}, sorted. */
    private List<RowSlice> first(Inventory inventory, HeaderOrder by) throws IOException {
        Comparator<Candidate> ascending = (one, other) -> by.compare(one.values(), other.values());
        PriorityQueue<Candidate> first = new PriorityQueue<>(ascending.reversed());
        forEachWanted(inventory, 0, Long.MAX_VALUE, array -> {
            first.add(new Candidate(by.values(array.group().array(0)), array));
            if (first.size() > limit) {
                first.remove();
            }
        });
        return first.stream().sorted(ascending).map(Candidate::array).toList();
    }
}
