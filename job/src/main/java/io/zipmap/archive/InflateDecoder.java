package io.zipmap.archive;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import java.io.IOException;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Decodes method 8, raw deflate (RFC 1951), with the JDK's zlib and one bounded input buffer. */
final class InflateDecoder implements Decoder {
    private static final int BUFFER_BYTES = 1 << 16;

    private final CompressedBytes in;
    private final Inflater inflater = new Inflater(true);
    private final byte[] buffer;

    InflateDecoder(CompressedBytes in) {
        this.in = in;
        this.buffer = new byte[(int) Math.min(BUFFER_BYTES, in.size())];
    }

    @Override
    public int read(byte[] into, int offset, int count) throws IOException {
        try {
            while (!inflater.finished()) {
                int n = inflater.inflate(into, offset, count);
                if (n > 0) {
                    return n;
                }
                if (inflater.needsDictionary()) {
                    throw corrupt();
                }
                if (inflater.needsInput() && !inflater.finished()) {
                    fill();
                }
            }
            return -1;
        } catch (DataFormatException e) {
            throw corrupt().actual(String.valueOf(e.getMessage())).because(e);
        }
    }

    private void fill() throws IOException {
        int n = in.read(buffer, 0, buffer.length);
        if (n < 0) {
            throw new ZipmapException(
                            Condition.ENTRY_TRUNCATED,
                            "Cannot decode an entry to its end: its compressed data ends early")
                    .expected("the end of a deflate stream")
                    .actual(in.position() + " bytes read, " + inflater.getBytesWritten() + " decoded");
        }
        inflater.setInput(buffer, 0, n);
    }

    private ZipmapException corrupt() {
        return new ZipmapException(Condition.DATA_CORRUPT, "Cannot decode an entry: its deflate stream is damaged")
                .expected("a valid deflate stream at byte " + inflater.getBytesRead());
    }

    @Override
    public void close() {
        inflater.end();
    }
}
