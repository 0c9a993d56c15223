package io.zipmap.sql;

import io.zipmap.Condition;
import io.zipmap.IoFunction;
import io.zipmap.ZipmapException;
import io.zipmap.archive.ArchiveRef;
import io.zipmap.sql.catalog.ExecutionId;
import io.zipmap.sql.catalog.Inventory;
import io.zipmap.sql.catalog.InventoryCache;
import io.zipmap.sql.catalog.PackedSlices;
import io.zipmap.sql.catalog.RowSlice;
import io.zipmap.sql.catalog.TableKind;
import io.zipmap.sql.catalog.TableSchemaCheck;
import io.zipmap.sql.catalog.TableSnapshot;
import io.zipmap.sql.error.QueryErrors;
import io.zipmap.sql.pushdown.SliceSelection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Gives a scan its partitions, and refreshes them if Spark runs the plan of the scan again after archives have changed.
 *
 * <p>A DataFrame that is collected twice has one plan, and Spark asks the scan for partitions only once. But Spark asks
 * for the description of the scan each time it starts to run the plan, on the thread of the caller: then the inventory
 * is refreshed, and the partitions get other contents. If Spark also keeps results that were computed from the
 * partitions, for example those of a shuffle, old and new rows would be mixed: then the query fails. Thread-safe.
 */
final class ScanRefresh {
    private final InventoryCache cache;
    private final StructType tableSchema;
    private final SliceSelection selection;
    private final List<RefreshedPartitions> planned = new ArrayList<>();
    private Inventory inventory;
    private @Nullable String refreshedBy;

    /**
     * @param tableSchema the columns of the table, which never change
     * @param inventory the arrays that the plan was made for
     */
    ScanRefresh(InventoryCache cache, StructType tableSchema, Inventory inventory, SliceSelection selection) {
        this.cache = cache;
        this.tableSchema = tableSchema;
        this.inventory = inventory;
        this.selection = selection;
        this.refreshedBy = ExecutionId.current();
    }

    /** The arrays that the last run of the plan was made for. */
    synchronized Inventory inventory() {
        return inventory;
    }

    /** @param planner cuts an inventory into partitions, now and after each refresh */
    synchronized InputPartition[] partitions(IoFunction<Inventory, InputPartition[]> planner) {
        try {
            RefreshedPartitions partitions = new RefreshedPartitions(planner, planner.apply(inventory));
            planned.add(partitions);
            return partitions.all();
        } catch (IOException e) {
            throw QueryErrors.of(e);
        }
    }

    /**
     * Refreshes the partitions if another query runs the plan than the last time. Each scan calls this to describe
     * itself.
     */
    synchronized void refreshIfRunAgain(Scan scan) {
        String query = ExecutionId.current();
        if (query == null || query.equals(refreshedBy)) {
            return;
        }
        refreshedBy = query;
        PlanReuse reuse = planned.isEmpty() ? PlanReuse.NONE : PlanReuse.of(query, scan);
        if (reuse == PlanReuse.CACHED) {
            return;
        }
        try {
            refresh(query, reuse);
        } catch (IOException e) {
            throw QueryErrors.ofDescription(e);
        }
    }

    private void refresh(String query, PlanReuse reuse) throws IOException {
        TableSnapshot snapshot = cache.snapshot();
        ZipmapException missing = snapshot.missing();
        if (missing != null) {
            cache.acceptMissing();
            throw missing;
        }
        TableSchemaCheck.check(tableSchema, snapshot.schema());
        Inventory current = snapshot.inventory();
        snapshot.archiveCheck().check(slices -> selection.forEach(current, slices));
        if (current == inventory) {
            return;
        }
        boolean sameDtypes = snapshot.settings().table() == TableKind.ARRAYS
                || current.columns().haveDtypesOf(inventory.columns());
        if (!sameDtypes || reuse == PlanReuse.PARTIAL) {
            throw archivesChanged(current);
        }
        for (RefreshedPartitions partitions : planned) {
            partitions.refresh(current, Long.parseLong(query));
        }
        inventory = current;
    }

    private ZipmapException archivesChanged(Inventory current) throws IOException {
        Set<ArchiveRef> former = new HashSet<>();
        for (PackedSlices packed : inventory.packedGroups()) {
            packed.unpack().forEach(slice -> former.add(slice.group().archive()));
        }
        ZipmapException error = new ZipmapException(
                        Condition.SOURCE_CHANGED,
                        "Cannot run a plan again after archives have changed, because Spark reuses former results")
                .advice("Create the query again from its table.");
        for (PackedSlices packed : current.packedGroups()) {
            for (RowSlice slice : packed.unpack()) {
                if (!former.contains(slice.group().archive())) {
                    return error.archive(slice.group().archive().uri());
                }
            }
        }
        return error;
    }
}
