package io.zipmap.archive;

import java.io.IOException;

/** Reads method 0, uncompressed data. */
final class StoredDecoder implements Decoder {
    private final CompressedBytes in;

    StoredDecoder(CompressedBytes in) {
        this.in = in;
    }

    @Override
    public int read(byte[] into, int offset, int count) throws IOException {
        return in.read(into, offset, count);
    }

    @Override
    public void close() {}
}
