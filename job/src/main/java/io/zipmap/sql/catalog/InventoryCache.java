package io.zipmap.sql.catalog;

import io.zipmap.plan.RunOutput;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * The arrays that a table has now: its inputs are listed again by each query, once, and only archives that are new or
 * changed are opened. Thread-safe.
 */
public final class InventoryCache {
    private final Map<String, String> given;
    private @Nullable TableInputs opening;
    private @Nullable Inventory known;
    private @Nullable InventoryRefresh last;
    private boolean published;
    private @Nullable String lookedIn;

    /** @param given options of a reader or properties of a persistent table; looked at with the first query */
    public InventoryCache(Map<String, String> given) {
        this.given = Map.copyOf(given);
    }

    public synchronized OptionalLong count() {
        return known == null ? OptionalLong.empty() : OptionalLong.of(known.arrayCount());
    }

    /**
     * Looks, or hands on what was found if this query has looked before.
     *
     * @throws io.zipmap.ZipmapException {@code SOURCE_MISSING} when no archive is left that the table had; as
     *     {@link InventoryBuilder} and {@link RunInventory} throw it
     */
    public synchronized TableSnapshot now() throws IOException {
        SparkSession session = SparkSession.active();
        TableInputs open = opening;
        if (open == null) {
            open = TableInputs.of(session, given);
            opening = open;
        }
        InventoryRefresh found = last;
        String query = ExecutionId.current();
        if (found == null || query == null || !query.equals(lookedIn)) {
            lookedIn = null;
            found = look(session, open);
            last = found;
            lookedIn = query;
        }
        if (found.gone() == null) {
            known = found.inventory();
        }
        ArchiveCheck presence = published && !open.settings().leavesOutBadArrays()
                ? new ArchiveCheck.OfEach(open.access())
                : ArchiveCheck.LISTED;
        return new TableSnapshot(found, open.settings(), open.access(), presence);
    }

    private InventoryRefresh look(SparkSession session, TableInputs open) throws IOException {
        Optional<RunOutput> output = RunOutput.among(open.configuration(), open.inputs());
        Inventory former = output.isPresent() == published ? known : null;
        InventoryRefresh found = output.isPresent()
                ? new InventoryRefresh(new RunInventory(session, open).of(output.get(), former), null)
                : new InventoryBuilder(session, open).survey(former);
        published = output.isPresent();
        return found;
    }

    /** A query has failed because of what is gone: the next one reads the rest. */
    public synchronized void told() {
        if (last != null) {
            known = last.inventory();
        }
    }
}
