package io.zipmap.store;

import io.zipmap.scratch.ScratchFile;
import java.io.Closeable;
import org.jspecify.annotations.Nullable;

/** A record, and the hold on the scratch file that it names, if it names one. */
final class PinnedRecord implements Closeable {
    private final ArrayRecord record;
    private final @Nullable ScratchFile file;

    PinnedRecord(ArrayRecord record) {
        this.record = record;
        this.file = null;
    }

    PinnedRecord(ArrayRecord record, ScratchFile file) {
        this.record = record;
        this.file = file;
    }

    ArrayRecord record() {
        return record;
    }

    @Override
    public void close() {
        if (file != null) {
            file.close();
        }
    }
}
