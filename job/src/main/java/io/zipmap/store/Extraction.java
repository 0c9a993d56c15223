package io.zipmap.store;

import io.zipmap.archive.Archive;
import io.zipmap.archive.ArchiveEntry;
import io.zipmap.scratch.ContentWriter;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;

/**
 * Copies an entry of which the start was read already; from the archive again when a disk has failed under the first
 * copy.
 */
final class Extraction implements ContentWriter {
    private final Archive archive;
    private final ArchiveEntry entry;
    private final ExtractRules rules;
    private final ArrayStart start;
    private boolean begun;

    /** @param start owned by the caller */
    Extraction(Archive archive, ArchiveEntry entry, ExtractRules rules, ArrayStart start) {
        this.archive = archive;
        this.entry = entry;
        this.rules = rules;
        this.start = start;
    }

    @Override
    public void write(WritableByteChannel out) throws IOException {
        if (!begun) {
            begun = true;
            start.copyTo(out);
            return;
        }
        // Its decoder holds memory that the next one may need.
        start.close();
        try (ArrayStart again = ArrayStart.open(archive, entry, rules)) {
            again.copyTo(out);
        }
    }
}
