package io.zipmap.sql;

import io.zipmap.sql.catalog.Inventory;
import io.zipmap.sql.catalog.RowSlice;
import io.zipmap.sql.pushdown.PushedCount;
import io.zipmap.sql.pushdown.SliceSelection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * A scan that counts rows from the headers in the inventory, without opening an array. Its result is one partition that
 * holds the counted rows.
 *
 * <p>It is not a {@link org.apache.spark.sql.connector.read.LocalScan}, although that is made for rows known to the
 * driver: Spark asks a LocalScan for its rows once, when it plans, so a DataFrame that is collected again would not see
 * changed archives, and EXPLAIN would not show the pushed aggregates.
 */
final class CountScan implements Scan, Batch {
    private final ScanRefresh refresh;
    private final PushedCount count;
    private final SliceSelection selection;
    private final ToLongFunction<RowSlice> rows;
    private final ToLongFunction<Inventory> all;
    private final String pushed;

    /**
     * @param rows the number of rows that a selected slice has in the table
     * @param all the number of rows of the whole table
     * @param pushed what the scan has taken over from Spark besides the count, for EXPLAIN
     */
    CountScan(
            ScanRefresh refresh,
            PushedCount count,
            SliceSelection selection,
            ToLongFunction<RowSlice> rows,
            ToLongFunction<Inventory> all,
            String pushed) {
        this.refresh = refresh;
        this.count = count;
        this.selection = selection;
        this.rows = rows;
        this.all = all;
        this.pushed = pushed;
    }

    @Override
    public StructType readSchema() {
        return count.schema();
    }

    @Override
    public String description() {
        refresh.refreshIfRunAgain(this);
        return "PushedAggregates: [COUNT(*)], PushedGroupBy: " + count.groups() + ", " + pushed;
    }

    @Override
    public Batch toBatch() {
        return this;
    }

    @Override
    public ColumnarSupportMode columnarSupportMode() {
        return ColumnarSupportMode.UNSUPPORTED;
    }

    @Override
    public InputPartition[] planInputPartitions() {
        return refresh.partitions(this::countRows);
    }

    private InputPartition[] countRows(Inventory inventory) throws IOException {
        Map<List<@Nullable Object>, Long> counts = new LinkedHashMap<>();
        if (count.groups().isEmpty()) {
            counts.put(List.of(), 0L);
        }
        if (count.groups().isEmpty() && selection.isAll()) {
            counts.put(List.of(), all.applyAsLong(inventory));
        } else {
            selection.forEach(
                    inventory,
                    slice -> counts.merge(count.groups().key(slice.group()), rows.applyAsLong(slice), Long::sum));
        }
        return new InputPartition[] {
            new CountedRows(counts.entrySet().stream()
                    .map(group -> row(group.getKey(), group.getValue()))
                    .toArray(InternalRow[]::new))
        };
    }

    private InternalRow row(List<@Nullable Object> key, long rows) {
        List<@Nullable Object> values = new ArrayList<>(key);
        for (int i = 0; i < count.counts(); i++) {
            values.add(rows);
        }
        return new GenericInternalRow(values.toArray());
    }

    @Override
    public PartitionReaderFactory createReaderFactory() {
        return new CountedRowsReaderFactory();
    }

    /** The counted rows, as the only partition. Immutable. */
    private static final class CountedRows implements InputPartition {
        private static final long serialVersionUID = 1L;

        private final InternalRow[] rows;

        CountedRows(InternalRow[] rows) {
            this.rows = rows;
        }
    }

    /** Makes a reader of {@link CountedRows}, in the task. */
    private static final class CountedRowsReaderFactory implements PartitionReaderFactory {
        private static final long serialVersionUID = 1L;

        @Override
        public PartitionReader<InternalRow> createReader(InputPartition partition) {
            return new CountedRowsReader(((CountedRows) RefreshedPartitions.unwrap(partition)).rows);
        }
    }

    private static final class CountedRowsReader implements PartitionReader<InternalRow> {
        private final InternalRow[] rows;
        private int current = -1;

        CountedRowsReader(InternalRow[] rows) {
            this.rows = rows;
        }

        @Override
        public boolean next() {
            current++;
            return current < rows.length;
        }

        @Override
        public InternalRow get() {
            return rows[current];
        }

        @Override
        public void close() {
            current = rows.length;
        }
    }
}
