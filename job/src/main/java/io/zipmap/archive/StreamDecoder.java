package io.zipmap.archive;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdIOException;
import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.MemoryLimitException;
import org.tukaani.xz.UnsupportedOptionsException;

/**
 * Decoder that uses the stream class of a library. Opens the library's stream at the first read, so that a damaged
 * stream fails in {@link #read}, and translates the library's exceptions to zipmap's conditions.
 */
final class StreamDecoder implements Decoder {
    private final ArchiveEntry entry;
    private final CompressedBytes bytes;
    private final CompressedInputStream in;
    private final Opener opener;
    private final DecoderMemory.Reservation memory;
    private @Nullable InputStream decoded;

    /**
     * Opens a library's decoding stream. Allocates at most {@link DecoderStreams#MAX_WINDOW_BYTES} for the window, and
     * reserves it first.
     */
    @FunctionalInterface
    interface Opener {
        InputStream open(InputStream in, ArchiveEntry entry, DecoderMemory.Reservation memory) throws IOException;
    }

    StreamDecoder(CompressedBytes bytes, ArchiveEntry entry, Opener opener) {
        this(bytes, entry, opener, DecoderMemory.ofProcess());
    }

    StreamDecoder(CompressedBytes bytes, ArchiveEntry entry, Opener opener, DecoderMemory memory) {
        this.memory = memory.newReservation();
        this.entry = entry;
        this.bytes = bytes;
        this.in = new CompressedInputStream(bytes);
        this.opener = opener;
    }

    @Override
    public int read(byte[] into, int offset, int count) throws IOException {
        try {
            InputStream stream = decoded;
            if (stream == null) {
                stream = opener.open(in, entry, memory);
                decoded = stream;
            }
            return stream.read(into, offset, count);
        } catch (ZipmapException e) {
            throw e;
        } catch (IOException e) {
            throw failure(e);
        } catch (IllegalStateException | IllegalArgumentException | IndexOutOfBoundsException e) {
            // commons-compress throws these for some damaged streams.
            throw corrupt().actual(e.toString()).because(e);
        }
    }

    private IOException failure(IOException e) {
        if (e instanceof InterruptedIOException) {
            return e;
        }
        IOException source = in.failure();
        if (source != null) {
            return source;
        }
        if (e instanceof MemoryLimitException) {
            return DecoderStreams.windowTooLarge(((MemoryLimitException) e).getMemoryNeeded() + " KiB");
        }
        if (e instanceof ZstdIOException
                && ((ZstdIOException) e).getErrorCode() == Zstd.errFrameParameterWindowTooLarge()) {
            return DecoderStreams.windowTooLarge("more");
        }
        if (e instanceof UnsupportedOptionsException) {
            return new ZipmapException(
                            Condition.METHOD_UNSUPPORTED,
                            "Unsupported form of a compression method: " + entry.methodName())
                    .actual(String.valueOf(e.getMessage()))
                    .because(e);
        }
        if (in.exhausted()) {
            return new ZipmapException(
                            Condition.ENTRY_TRUNCATED,
                            "Cannot decode an entry to its end: its compressed data ends early")
                    .expected("the end of a stream of method " + entry.methodName())
                    .actual(bytes.position() + " bytes read")
                    .because(e);
        }
        return corrupt().actual(String.valueOf(e.getMessage())).because(e);
    }

    private ZipmapException corrupt() {
        return new ZipmapException(
                        Condition.DATA_CORRUPT,
                        "Cannot decode an entry: its stream of method " + entry.methodName() + " is damaged")
                .expected("a valid stream in " + bytes.size() + " bytes");
    }

    @Override
    public void close() {
        try {
            if (decoded != null) {
                decoded.close();
            }
        } catch (IOException e) {
            // Cannot happen: closing touches no file, and the archive stays open.
            throw new UncheckedIOException(e);
        } finally {
            memory.close();
        }
    }
}
