package io.zipmap.sql;

import io.zipmap.sql.catalog.Inventory;
import io.zipmap.sql.pushdown.PushedCount;
import io.zipmap.sql.pushdown.PushedWork;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** Counts rows by what the headers say; nothing is opened. */
final class CountScan implements Scan, Batch {
    private final ScanRefresh kept;
    private final PushedCount count;
    private final PushedWork work;

    CountScan(ScanRefresh kept, PushedCount count, PushedWork work) {
        this.kept = kept;
        this.count = count;
        this.work = work;
    }

    @Override
    public StructType readSchema() {
        return count.schema();
    }

    @Override
    public String description() {
        kept.described(this);
        return "PushedAggregates: [COUNT(*)], PushedGroupBy: " + count.groups() + ", " + work.explain();
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
        return kept.partitions(this::partitions);
    }

    private InputPartition[] partitions(Inventory inventory) throws IOException {
        Map<List<@Nullable UTF8String>, Long> rows = new LinkedHashMap<>();
        if (count.groups().isEmpty()) {
            rows.put(List.of(), 0L);
        }
        work.selection()
                .forEach(inventory, piece -> rows.merge(count.groups().key(piece.array()), piece.rows(), Long::sum));
        return new InputPartition[] {
            new CountedRows(rows.entrySet().stream()
                    .map(group -> row(group.getKey(), group.getValue()))
                    .toArray(InternalRow[]::new))
        };
    }

    private InternalRow row(List<@Nullable UTF8String> key, long rows) {
        List<@Nullable Object> values = new ArrayList<>(key);
        for (int i = 0; i < count.counts(); i++) {
            values.add(rows);
        }
        return new GenericInternalRow(values.toArray());
    }

    @Override
    public PartitionReaderFactory createReaderFactory() {
        return new CountedRows.Factory();
    }
}
