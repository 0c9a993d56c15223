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

/** A method that a library decodes. Opened at the first read, so that a bad stream fails where all decoding fails. */
final class StreamDecoder implements Decoder {
    private final ArchiveEntry entry;
    private final CompressedBytes bytes;
    private final CompressedInputStream in;
    private final Library library;
    private final DecoderMemory.Held memory;
    private @Nullable InputStream decoded;

    /**
     * Opens a library's decoder. What it allocates for a window is at most {@link DecoderStreams#MAX_WINDOW_BYTES}, and
     * it takes as much of the memory before.
     */
    @FunctionalInterface
    interface Library {
        InputStream open(InputStream in, ArchiveEntry entry, DecoderMemory.Held memory) throws IOException;
    }

    StreamDecoder(CompressedBytes bytes, ArchiveEntry entry, Library library) {
        this(bytes, entry, library, DecoderMemory.ofProcess());
    }

    StreamDecoder(CompressedBytes bytes, ArchiveEntry entry, Library library, DecoderMemory memory) {
        this.memory = memory.nothing();
        this.entry = entry;
        this.bytes = bytes;
        this.in = new CompressedInputStream(bytes);
        this.library = library;
    }

    @Override
    public int read(byte[] into, int offset, int count) throws IOException {
        try {
            InputStream stream = decoded;
            if (stream == null) {
                stream = library.open(in, entry, memory);
                decoded = stream;
            }
            return stream.read(into, offset, count);
        } catch (ZipmapException e) {
            throw e;
        } catch (IOException e) {
            throw failure(e);
        } catch (IllegalStateException | IllegalArgumentException | IndexOutOfBoundsException e) {
            // What commons-compress may answer to a damaged stream, beside IOException.
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
                            "Cannot decode an entry to its end: its bytes end within the stream")
                    .expected("the end of a stream of method " + entry.methodName())
                    .actual(bytes.taken() + " bytes read")
                    .because(e);
        }
        return corrupt().actual(String.valueOf(e.getMessage())).because(e);
    }

    private ZipmapException corrupt() {
        return new ZipmapException(
                        Condition.DATA_CORRUPT,
                        "Cannot decode an entry: its stream of method " + entry.methodName() + " is damaged")
                .expected("a sound stream in " + bytes.size() + " bytes");
    }

    @Override
    public void close() {
        try {
            if (decoded != null) {
                decoded.close();
            }
        } catch (IOException e) {
            // Closing touches no file: the archive stays open.
            throw new UncheckedIOException(e);
        } finally {
            memory.close();
        }
    }
}
