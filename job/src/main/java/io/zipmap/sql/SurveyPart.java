package io.zipmap.sql;

import io.zipmap.ZipmapException;
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
    private final @Nullable ZipmapException error;

    private SurveyPart(List<Page> pages, long rows, long bytes, long failures, @Nullable ZipmapException error) {
        this.error = error;
        this.pages = pages.toArray(Page[]::new);
        this.rows = rows;
        this.bytes = bytes;
        this.failures = failures;
    }

    static SurveyPart of(List<Page> pages, long rows, long bytes, long failures) {
        return new SurveyPart(pages, rows, bytes, failures, null);
    }

    /** What ended the survey, told as a value so that the driver can say it in a sentence. */
    static SurveyPart of(ZipmapException error) {
        return new SurveyPart(List.of(), 0, 0, 0, error);
    }

    void check() throws ZipmapException {
        if (error != null) {
            throw error;
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
}
