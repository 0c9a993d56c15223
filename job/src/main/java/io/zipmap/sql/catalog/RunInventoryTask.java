package io.zipmap.sql.catalog;

import io.zipmap.ZipmapException;
import io.zipmap.archive.ArchiveRef;
import io.zipmap.array.ArrayLayout;
import io.zipmap.array.Dtype;
import io.zipmap.array.Order;
import io.zipmap.array.Shape;
import io.zipmap.plan.StoreAccess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;

/** Takes the arrays of a partition of the table {@code arrays} down, as {@link RunInventory} selects it. */
final class RunInventoryTask implements FlatMapFunction<Iterator<Row>, DiscoverySummary> {
    private static final long serialVersionUID = 1L;

    private final StoreAccess access;
    private final SourceSettings settings;

    RunInventoryTask(StoreAccess access, SourceSettings settings) {
        this.access = access;
        this.settings = settings;
    }

    @Override
    public Iterator<DiscoverySummary> call(Iterator<Row> rows) throws IOException {
        try {
            List<FoundArray> page = new ArrayList<>();
            List<DiscoverySummary> parts = new ArrayList<>();
            while (rows.hasNext()) {
                page.add(array(rows.next()));
                if (page.size() == PackedSlices.MAX_SLICES || !rows.hasNext()) {
                    parts.add(ArrayDiscovery.ofKnown(access.sources(), settings, page.iterator()));
                    page.clear();
                }
            }
            return parts.iterator();
        } catch (ZipmapException e) {
            return List.of(DiscoverySummary.of(e)).iterator();
        }
    }

    private static FoundArray array(Row row) throws ZipmapException {
        ArchiveRef archive = ArchiveRef.ofGeneration(row.getString(0), row.getLong(1), row.getString(2));
        long[] axes = row.<Long>getList(6).stream().mapToLong(Long::longValue).toArray();
        Order order = row.getString(7).equals(Order.C.letter()) ? Order.C : Order.FORTRAN;
        ArrayLayout layout = new ArrayLayout(Dtype.parse(row.getString(5)), Shape.of(axes), order);
        return new FoundArray(archive, row.getInt(4), row.getString(3), layout);
    }
}
