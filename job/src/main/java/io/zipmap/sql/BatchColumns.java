package io.zipmap.sql;

import io.zipmap.ZipmapException;
import io.zipmap.sql.catalog.ColumnRef;
import io.zipmap.sql.catalog.MetadataField;
import io.zipmap.sql.catalog.RowGroup;
import io.zipmap.sql.pushdown.BatchValues;
import io.zipmap.sql.pushdown.ValueExpression;
import io.zipmap.sql.vector.BatchLayout;
import io.zipmap.sql.vector.Computation;
import io.zipmap.sql.vector.ConstantVector;
import io.zipmap.sql.vector.PlainVector;
import io.zipmap.sql.vector.RowNumberVector;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * The vectors of some columns of one row group, and of expressions over them. They are made once; their buffers are
 * filled again for each batch. Not thread-safe.
 */
final class BatchColumns implements BatchValues {
    private final List<ColumnRef> columns;
    private final List<ArrayBatch> parts = new ArrayList<>(1);
    private final int batchRows;
    private final ColumnVector[] vectors;
    private final RowNumberVector rowNumbers = new RowNumberVector();
    private final Map<ValueExpression, Computation> computations = new HashMap<>();

    /** @param before columns that are no longer used, whose buffers may be reused */
    BatchColumns(RowGroup group, List<ColumnRef> columns, @Nullable BatchColumns before) throws ZipmapException {
        this.columns = List.copyOf(columns);
        Map<Integer, List<ColumnRef>> byMember = new TreeMap<>();
        List<@Nullable ColumnRef> found = ColumnRef.in(group, columns);
        boolean isMerged = columns.stream().anyMatch(ColumnRef::isByName);
        for (ColumnRef column : found) {
            if (column != null && !column.isHidden()) {
                byMember.computeIfAbsent(column.member(), member -> new ArrayList<>())
                        .add(column);
            }
        }
        long rowBytes = 0;
        for (Map.Entry<Integer, List<ColumnRef>> one : byMember.entrySet()) {
            ArrayBatch part = new ArrayBatch(group.array(one.getKey()), one.getValue());
            rowBytes += part.rowBytes();
            parts.add(part);
        }
        batchRows = BatchLayout.rows(rowBytes);
        for (int i = 0; i < parts.size(); i++) {
            // Merged row groups have different arrays, and the buffers of one do not fit another.
            parts.get(i).allocate(batchRows, before == null || isMerged ? null : before.parts.get(i));
        }
        Map<Integer, Iterator<ColumnVector>> vectorsOf = new TreeMap<>();
        for (ArrayBatch part : parts) {
            vectorsOf.put(part.member(), part.vectors().iterator());
        }
        vectors = new ColumnVector[columns.size()];
        for (int i = 0; i < vectors.length; i++) {
            ColumnRef column = found.get(i);
            if (column == null) {
                vectors[i] = new ConstantVector(columns.get(i).type(), null);
                continue;
            }
            Iterator<ColumnVector> ofMember = vectorsOf.get(column.member());
            vectors[i] = ofMember == null ? hiddenColumn(column, group) : ofMember.next();
        }
    }

    private ColumnVector hiddenColumn(ColumnRef column, RowGroup group) {
        if (column.name().equals(MetadataField.ROW.name())) {
            return rowNumbers;
        }
        if (!column.partitions().isEmpty()) {
            Object value =
                    column.partitions().value(column.name(), group.archive().uri());
            return new ConstantVector(column.type(), value);
        }
        String text = column.name().equals(MetadataField.ARCHIVE.name())
                ? group.archive().uri()
                : group.entry();
        return new ConstantVector(column.type(), text == null ? null : UTF8String.fromString(text));
    }

    /** The most rows of a batch. */
    int batchRows() {
        return batchRows;
    }

    /** The vectors of the columns, in their order. */
    ColumnVector[] vectors() {
        return vectors;
    }

    /** Opens the arrays that have the columns. */
    void open(HeldGroup held) throws IOException {
        for (ArrayBatch part : parts) {
            held.array(part.member());
        }
    }

    /**
     * Fills the buffers of some arrays with rows.
     *
     * @param members which arrays, by their position in the row group
     * @param first number of the first row
     */
    void fill(HeldGroup held, IntPredicate members, long first, int count) throws IOException {
        for (int i = 0; i < parts.size(); i++) {
            ArrayBatch part = parts.get(i);
            if (members.test(part.member())) {
                part.fill(held.array(part.member()), first, count);
            }
        }
    }

    /** Numbers the rows of the vectors, from the number of the first row on. */
    void startAt(long first) {
        rowNumbers.startAt(first);
    }

    /**
     * Moves the chosen rows of the first columns to the first rows.
     *
     * @param shown the number of these columns
     * @param rows row numbers, sorted
     * @param count the number of rows
     */
    void keep(int shown, int[] rows, int count) {
        for (int i = 0; i < parts.size(); i++) {
            ArrayBatch part = parts.get(i);
            int wanted = 0;
            for (int c = 0; c < shown; c++) {
                ColumnRef column = columns.get(c);
                wanted += !column.isHidden() && column.member() == part.member() ? 1 : 0;
            }
            part.keep(wanted, rows, count);
        }
        rowNumbers.keep(rows);
    }

    @Override
    public PlainVector of(ValueExpression expression, int[] rows, int count) {
        return computations
                .computeIfAbsent(expression, one -> one.computation(this::vector, batchRows))
                .compute(rows, count);
    }

    private ColumnVector vector(ColumnRef column) {
        for (int i = 0; i < vectors.length; i++) {
            if (columns.get(i).name().equals(column.name())) {
                return vectors[i];
            }
        }
        throw new IllegalStateException("No vector of " + column.name());
    }
}
