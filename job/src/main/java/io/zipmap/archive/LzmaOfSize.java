package io.zipmap.archive;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.tukaani.xz.LZMAInputStream;

/**
 * An LZMA stream that ends when the entry's bytes are there, as the flags of the entry say. An end marker may follow all the
 * same, since some writers add one without the flag; more than a marker may not.
 */
final class LzmaOfSize extends FilterInputStream {
    /** {@code LZMA_REQUIRED_INPUT_MAX} of the LZMA SDK: what the longest symbol takes, and a marker is one. */
    private static final int MARKER_BYTES = 20;

    private final InputStream encoded;
    private boolean ended;

    /** @param encoded what {@code decoded} reads from */
    LzmaOfSize(LZMAInputStream decoded, InputStream encoded) {
        super(decoded);
        this.encoded = encoded;
        decoded.enableRelaxedEndCondition();
    }

    @Override
    public int read(byte[] into, int offset, int count) throws IOException {
        int n = super.read(into, offset, count);
        if (n < 0 && !ended) {
            ended = true;
            if (encoded.readNBytes(MARKER_BYTES + 1).length > MARKER_BYTES) {
                throw new ZipmapException(
                        Condition.SIZE_MISMATCH, "Cannot trust an entry: its stream goes on behind the declared bytes");
            }
        }
        return n;
    }
}
