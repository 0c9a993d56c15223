package io.zipmap.sql.catalog;

import io.zipmap.ErrorDetails;
import io.zipmap.ZipmapException;
import io.zipmap.plan.EntryTally;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of one {@link ArrayDiscovery}: packed row groups with their sums, or the error that ended it. Immutable.
 */
final class DiscoverySummary implements Serializable {
    private static final long serialVersionUID = 1L;

    private final PackedSlices[] packedGroups;
    private final long rows;
    private final long bytes;
    private final EntryTally tally;
    private final LeftOutMember[] leftOut;
    private final ArchiveVersions versions;
    private final PartitionFolders partitions;
    private final @Nullable PackedSlices merged;
    private final @Nullable ErrorDetails error;

    private DiscoverySummary(
            List<PackedSlices> packedGroups,
            long rows,
            long bytes,
            EntryTally tally,
            List<LeftOutMember> leftOut,
            ArchiveVersions versions,
            PartitionFolders partitions,
            @Nullable PackedSlices merged,
            @Nullable ErrorDetails error) {
        this.error = error;
        this.packedGroups = packedGroups.toArray(PackedSlices[]::new);
        this.rows = rows;
        this.bytes = bytes;
        this.tally = tally;
        this.leftOut = leftOut.toArray(LeftOutMember[]::new);
        this.versions = versions;
        this.partitions = partitions;
        this.merged = merged;
    }

    static DiscoverySummary of(
            List<PackedSlices> packedGroups,
            long rows,
            long bytes,
            EntryTally tally,
            List<LeftOutMember> leftOut,
            ArchiveVersions versions,
            PartitionFolders partitions,
            @Nullable PackedSlices merged) {
        return new DiscoverySummary(packedGroups, rows, bytes, tally, leftOut, versions, partitions, merged, null);
    }

    /** The error that ended a discovery, as a value: the driver then throws it without the stack of a failed task. */
    static DiscoverySummary failed(ZipmapException error) {
        return new DiscoverySummary(
                List.of(),
                0,
                0,
                EntryTally.NONE,
                List.of(),
                ArchiveVersions.NONE,
                PartitionFolders.NONE,
                null,
                error.details());
    }

    /** @throws ZipmapException the error that ended the discovery */
    void throwIfFailed() throws ZipmapException {
        if (error != null) {
            throw error.toException();
        }
    }

    List<PackedSlices> packedGroups() {
        return List.of(packedGroups);
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

    /** Members that are no columns; of each name, those of a few archives. */
    List<LeftOutMember> leftOut() {
        return List.of(leftOut);
    }

    /** The versions of the archives that were listed. */
    ArchiveVersions versions() {
        return versions;
    }

    /** The arrays with whose columns the row groups were merged; null if columns are not merged. */
    @Nullable
    PackedSlices merged() {
        return merged;
    }

    /** The partition folders of the archives that were listed. */
    PartitionFolders partitions() {
        return partitions;
    }
}
