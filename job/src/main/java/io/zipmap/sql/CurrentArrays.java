package io.zipmap.sql;

import io.zipmap.plan.RunOutput;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * The arrays that a table has now: its inputs are listed again by each query, once, and only archives that are new or changed are
 * opened. Thread-safe.
 */
final class CurrentArrays {
    private final Map<String, String> given;
    private @Nullable Opening opening;
    private @Nullable Inventory known;
    private @Nullable Found last;
    private boolean published;
    private @Nullable String lookedIn;

    /** @param given options of a reader or properties of a persistent table; looked at with the first query */
    CurrentArrays(Map<String, String> given) {
        this.given = Map.copyOf(given);
    }

    synchronized OptionalLong count() {
        return known == null ? OptionalLong.empty() : OptionalLong.of(known.arrays());
    }

    /**
     * Looks, or hands on what was found if this query has looked before.
     *
     * @throws io.zipmap.ZipmapException {@code SOURCE_MISSING} when no archive is left that the table had; as {@link Surveyor} and
     *     {@link FormerArrays} throw it
     */
    synchronized Look now() throws IOException {
        SparkSession session = SparkSession.active();
        Opening open = opening;
        if (open == null) {
            open = Opening.of(session, given);
            opening = open;
        }
        Found found = last;
        String query = Executions.current();
        if (found == null || query == null || !query.equals(lookedIn)) {
            lookedIn = null;
            found = look(session, open);
            last = found;
            lookedIn = query;
        }
        if (found.gone() == null) {
            known = found.inventory();
        }
        Presence presence =
                published && !open.settings().quarantine() ? new Presence.OfEach(open.access()) : Presence.LISTED;
        return new Look(found, open.settings(), open.access(), presence);
    }

    private Found look(SparkSession session, Opening open) throws IOException {
        Optional<RunOutput> output = RunOutput.among(open.configuration(), open.inputs());
        Inventory former = output.isPresent() == published ? known : null;
        Found found = output.isPresent()
                ? new Found(new FormerArrays(session, open).of(output.get(), former), null)
                : new Surveyor(session, open).survey(former);
        published = output.isPresent();
        return found;
    }

    /** A query has failed because of what is gone: the next one reads the rest. */
    synchronized void told() {
        if (last != null) {
            known = last.inventory();
        }
    }
}
