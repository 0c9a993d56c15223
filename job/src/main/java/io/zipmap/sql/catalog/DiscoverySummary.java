package io.zipmap.sql.catalog;

import io.zipmap.ErrorDetails;
import io.zipmap.ZipmapException;
import io.zipmap.plan.EntryTally;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The result of one {@link ArrayDiscovery}: packed arrays with their sums, or the error that ended it. Immutable. */
final class DiscoverySummary implements Serializable {
    private static final long serialVersionUID = 1L;

    private final PackedSlices[] packedArrays;
    private final long rows;
    private final long bytes;
    private final EntryTally tally;
    private final ArchiveVersions versions;
    private final @Nullable ErrorDetails error;

    private DiscoverySummary(
            List<PackedSlices> packedArrays,
            long rows,
            long bytes,
            EntryTally tally,
            ArchiveVersions versions,
            @Nullable ErrorDetails error) {
        this.error = error;
        this.packedArrays = packedArrays.toArray(PackedSlices[]::new);
        this.rows = rows;
        this.bytes = bytes;
        this.tally = tally;
        this.versions = versions;
    }

    static DiscoverySummary of(
            List<PackedSlices> packedArrays, long rows, long bytes, EntryTally tally, ArchiveVersions versions) {
        return new DiscoverySummary(packedArrays, rows, bytes, tally, versions, null);
    }

    /** The error that ended a discovery, as a value: the driver then throws it without the stack of a failed task. */
    static DiscoverySummary failed(ZipmapException error) {
        return new DiscoverySummary(List.of(), 0, 0, EntryTally.NONE, ArchiveVersions.NONE, error.details());
    }

    /** @throws ZipmapException the error that ended the discovery */
    void throwIfFailed() throws ZipmapException {
        if (error != null) {
            throw error.toException();
        }
    }

    List<PackedSlices> packedArrays() {
        return List.of(packedArrays);
    }

    long rows() {
        return rows;
    }

    long bytes() {
        return bytes;
    }

    /** The number of entries that the option {@code entries} matched, and of the others. */
    EntryTally tally() {
        return tally;
    }

    /** The versions of the archives that were listed. */
    ArchiveVersions versions() {
        return versions;
    }
}
