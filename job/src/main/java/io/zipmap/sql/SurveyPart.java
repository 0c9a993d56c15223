package io.zipmap.sql;

import io.zipmap.ToldError;
import io.zipmap.ZipmapException;
import io.zipmap.plan.EntryTally;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one survey found. Immutable. */
final class SurveyPart implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Page[] pages;
    private final long rows;
    private final long bytes;
    private final long failures;
    private final EntryTally tally;
    private final Versions versions;
    private final @Nullable ToldError error;

    private SurveyPart(
            List<Page> pages,
            long rows,
            long bytes,
            long failures,
            EntryTally tally,
            Versions versions,
            @Nullable ToldError error) {
        this.error = error;
        this.pages = pages.toArray(Page[]::new);
        this.rows = rows;
        this.bytes = bytes;
        this.failures = failures;
        this.tally = tally;
        this.versions = versions;
    }

    static SurveyPart of(List<Page> pages, long rows, long bytes, long failures, EntryTally tally, Versions versions) {
        return new SurveyPart(pages, rows, bytes, failures, tally, versions, null);
    }

    /** What ended the survey, told as a value so that the driver can say it in a sentence. */
    static SurveyPart of(ZipmapException error) {
        return new SurveyPart(List.of(), 0, 0, 0, EntryTally.NONE, Versions.NONE, error.told());
    }

    void check() throws ZipmapException {
        if (error != null) {
            throw error.exception();
        }
    }

    List<Page> pages() {
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
    Versions versions() {
        return versions;
    }
}
