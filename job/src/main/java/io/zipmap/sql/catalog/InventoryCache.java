package io.zipmap.sql.catalog;

import io.zipmap.ZipmapException;
import io.zipmap.plan.RunOutput;
import io.zipmap.plan.RunningStatement;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.SparkException;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * The inventory of one table, refreshed once for each query: the inputs are listed again, and only archives that are
 * new or changed are opened. Thread-safe.
 */
public final class InventoryCache {
    /** Most members that Spark sees as hidden columns. */
    private static final int MAX_HIDDEN = 1000;

    private final Map<String, String> given;
    private @Nullable TableInputs inputs;
    private @Nullable Inventory inventory;
    private @Nullable InventoryRefresh lastRefresh;
    private boolean fromRunOutput;
    private @Nullable String refreshedBy;

    /** @param given options of a reader or properties of a persistent table; the first query checks them */
    public InventoryCache(Map<String, String> given) {
        this.given = Map.copyOf(given);
    }

    /** The number of row groups in the last inventory; empty before the first query. */
    public synchronized OptionalLong groupCount() {
        return inventory == null ? OptionalLong.empty() : OptionalLong.of(inventory.groupCount());
    }

    /** The members that were no columns in the last inventory; none before the first query. */
    public synchronized List<LeftOutMember> leftOut() {
        return inventory == null
                ? List.of()
                : inventory.leftOut().values().stream().limit(MAX_HIDDEN).toList();
    }

    /**
     * Refreshes the inventory, unless the current query has refreshed it already. Outside of our own commands the
     * analysis of a query is not known to belong to it, and refreshes too.
     *
     * @throws io.zipmap.ZipmapException {@code SOURCE_MISSING} if no archive of the table is left; also as
     *     {@link InventoryBuilder} and {@link RunInventoryReader} throw it
     */
    public synchronized TableSnapshot snapshot() throws IOException {
        SparkSession session = SparkSession.active();
        TableInputs checked = inputs;
        if (checked == null) {
            checked = TableInputs.of(session, given);
            inputs = checked;
        }
        InventoryRefresh refresh = lastRefresh;
        String statement = RunningStatement.current(session.sparkContext());
        String query = statement == null ? ExecutionId.current() : statement;
        if (refresh == null || query == null || !query.equals(refreshedBy)) {
            refreshedBy = null;
            refresh = refreshNaming(session, checked);
            lastRefresh = refresh;
            refreshedBy = query;
        }
        if (refresh.missing() == null) {
            inventory = refresh.inventory();
        }
        ArchiveCheck archiveCheck = fromRunOutput && !checked.settings().leavesOutBadArrays()
                ? new ArchiveCheck.OfEach(checked.access())
                : ArchiveCheck.NONE;
        return new TableSnapshot(
                refresh.inventory(), refresh.missing(), checked.settings(), checked.access(), archiveCheck);
    }

    /** Refreshes, and throws the named error of a task as itself and not inside Spark's report of the job. */
    private InventoryRefresh refreshNaming(SparkSession session, TableInputs checked) throws IOException {
        try {
            return refresh(session, checked);
        } catch (SparkException e) {
            if (e.getCause() instanceof ZipmapException named) {
                throw named.because(e);
            }
            throw new IOException(e.getMessage(), e);
        }
    }

    /** @throws SparkException from a job, which Spark throws without declaring it */
    private InventoryRefresh refresh(SparkSession session, TableInputs checked) throws IOException, SparkException {
        Optional<RunOutput> output = RunOutput.among(checked.configuration(), checked.paths());
        Inventory former = output.isPresent() == fromRunOutput ? inventory : null;
        InventoryRefresh refresh = output.isPresent()
                ? new InventoryRefresh(new RunInventoryReader(session, checked).read(output.get(), former), null)
                : new InventoryBuilder(session, checked).refresh(former);
        fromRunOutput = output.isPresent();
        return refresh;
    }

    /** Accepts that archives are missing, after a query has failed with that error: the next query reads the rest. */
    public synchronized void acceptMissing() {
        if (lastRefresh != null) {
            inventory = lastRefresh.inventory();
        }
    }
}
