package io.zipmap.sql.catalog;

import io.zipmap.ErrorDetails;
import io.zipmap.ZipmapException;
import io.zipmap.plan.EntryTally;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one survey found. Immutable. */
final class DiscoverySummary implements Serializable {
    private static final long serialVersionUID = 1L;

    private final PackedSlices[] pages;
    private final long rows;
    private final long bytes;
    private final long failures;
    private final EntryTally tally;
    private final ArchiveVersions versions;
    private final @Nullable ErrorDetails error;

    private DiscoverySummary(
            List<PackedSlices> pages,
            long rows,
            long bytes,
            long failures,
            EntryTally tally,
            ArchiveVersions versions,
            @Nullable ErrorDetails error) {
        this.error = error;
        this.pages = pages.toArray(PackedSlices[]::new);
        this.rows = rows;
        this.bytes = bytes;
        this.failures = failures;
        this.tally = tally;
        this.versions = versions;
    }

    static DiscoverySummary of(
            List<PackedSlices> pages,
            long rows,
            long bytes,
            long failures,
            EntryTally tally,
            ArchiveVersions versions) {
        return new DiscoverySummary(pages, rows, bytes, failures, tally, versions, null);
    }

    /** What ended the survey, told as a value so that the driver can say it in a sentence. */
    static DiscoverySummary of(ZipmapException error) {
        return new DiscoverySummary(List.of(), 0, 0, 0, EntryTally.NONE, ArchiveVersions.NONE, error.details());
    }

    void check() throws ZipmapException {
        if (error != null) {
            throw error.toException();
        }
    }

    List<PackedSlices> packedArrays() {
        return List.of(pages);
    }

    long rows() {
        return rows;
    }

    long bytes() {
        return bytes;
    }

    long failures() {
        return failures;
    }

    /** What was chosen of the entries that there are. */
    EntryTally tally() {
        return tally;
    }

    /** Of the archives that were listed. */
    ArchiveVersions versions() {
        return versions;
    }
}
