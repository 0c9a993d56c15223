package io.zipmap.store;

import io.zipmap.scratch.ScratchFile;
import java.io.Closeable;
import org.jspecify.annotations.Nullable;

/** A record whose scratch file, if it names one, is not removed for lack of room until this is closed. */
final class PinnedRecord implements Closeable {
    private final ArrayRecord record;
    private @Nullable ScratchFile file;

    /** A record of an array in place: there is nothing to pin. */
    PinnedRecord(ArrayRecord record) {
        this.record = record;
        this.file = null;
    }

    /** @param file closed by this */
    PinnedRecord(ArrayRecord record, ScratchFile file) {
        this.record = record;
        this.file = file;
    }

    ArrayRecord record() {
        return record;
    }

    /** Gives the file free. A second call has no effect. */
    @Override
    public void close() {
        ScratchFile pinned = file;
        file = null;
        if (pinned != null) {
            pinned.close();
        }
    }
}
