package io.zipmap.sql;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.archive.ArchiveRef;
import io.zipmap.sql.catalog.ArraySlice;
import io.zipmap.sql.catalog.ExecutionId;
import io.zipmap.sql.catalog.Inventory;
import io.zipmap.sql.catalog.InventoryCache;
import io.zipmap.sql.catalog.PackedSlices;
import io.zipmap.sql.catalog.TableSchemaCheck;
import io.zipmap.sql.catalog.TableSnapshot;
import io.zipmap.sql.pushdown.Selection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * What a scan reads, for as long as Spark keeps its plan. A DataFrame that is collected twice has one plan, and Spark
 * asks the scan for partitions only once; but it has the plan described whenever it begins to run it, on the thread
 * that wants the answer. So the archives are looked at again then, and the partitions get other contents where they
 * have changed. Where Spark also keeps what it has computed from the partitions, as behind a shuffle, old and new would
 * be mixed: then the query fails.
 */
final class ScanRefresh {
    private final InventoryCache arrays;
    private final StructType table;
    private final Selection selection;
    private final List<RefreshedPartitions> planned = new ArrayList<>();
    private Inventory inventory;
    private @Nullable String lookedIn;

    /**
     * @param table the columns that the table has for good
     * @param inventory what the look has found that the plan was made with
     */
    ScanRefresh(InventoryCache arrays, StructType table, Inventory inventory, Selection selection) {
        this.arrays = arrays;
        this.table = table;
        this.inventory = inventory;
        this.selection = selection;
        this.lookedIn = ExecutionId.current();
    }

    synchronized InputPartition[] partitions(RefreshedPartitions.Planning planning) {
        try {
            RefreshedPartitions shares = new RefreshedPartitions(planning, planning.partitions(inventory));
            planned.add(shares);
            return shares.all();
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    /** Spark has the scan described: looks whether that is because it begins to run the plan once more. */
    synchronized void described(Scan scan) {
        String query = ExecutionId.current();
        if (query == null || query.equals(lookedIn)) {
            return;
        }
        lookedIn = query;
        PlanReuse reach = planned.isEmpty() ? PlanReuse.DIRECT : PlanReuse.of(query, scan);
        if (reach == PlanReuse.ELSEWHERE) {
            return;
        }
        try {
            look(query, reach);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    private void look(String query, PlanReuse reach) throws IOException {
        TableSnapshot look = arrays.now();
        ZipmapException gone = look.found().gone();
        if (gone != null) {
            arrays.told();
            throw gone;
        }
        TableSchemaCheck.refuse(table, look.schema());
        Inventory now = look.inventory();
        look.presence().check(consumer -> selection.forEach(now, consumer));
        if (now == inventory) {
            return;
        }
        boolean sameDtype =
                now.dtype().valueSignature().equals(inventory.dtype().valueSignature());
        if (!sameDtype || reach == PlanReuse.BEHIND) {
            throw changed(now);
        }
        for (RefreshedPartitions shares : planned) {
            shares.plan(now, Long.parseLong(query));
        }
        inventory = now;
    }

    private ZipmapException changed(Inventory now) throws IOException {
        Set<ArchiveRef> had = new HashSet<>();
        for (PackedSlices page : inventory.packedArrays()) {
            page.unpack().forEach(piece -> had.add(piece.array().archive()));
        }
        ZipmapException error = new ZipmapException(
                        Condition.SOURCE_CHANGED,
                        "Cannot run a plan again of which Spark keeps a part, when archives have changed")
                .advice("Make the query again from its table.");
        for (PackedSlices page : now.packedArrays()) {
            for (ArraySlice piece : page.unpack()) {
                if (!had.contains(piece.array().archive())) {
                    return error.archive(piece.array().archive().uri());
                }
            }
        }
        return error;
    }
}
