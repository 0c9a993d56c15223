package io.zipmap.store;

import io.zipmap.Condition;
import io.zipmap.OptionSpelling;
import io.zipmap.ZipmapException;
import io.zipmap.archive.Archive;
import io.zipmap.archive.ArchiveEntry;
import io.zipmap.archive.EntryReader;
import io.zipmap.array.ArrayLayout;
import io.zipmap.array.NpyHeader;
import io.zipmap.array.NpyInput;
import io.zipmap.array.RawLayout;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads the start of an entry, which gives the layout of its array: the .npy header, if there is one. Keeps the bytes
 * of the start, so that the whole entry can then be copied without decoding it twice. Not thread-safe.
 */
public final class ArrayStart implements Closeable {
    private static final int SNIFFED_BYTES = 6;
    private static final int BUFFER_BYTES = 64 << 10;

    private final EntryReader reader;
    private final byte[] head;
    private final long size;
    private final ArrayLayout layout;
    private final int offset;
    private final long following;

    private ArrayStart(EntryReader reader, byte[] head, long size, ArrayLayout layout, int offset, long following) {
        this.reader = reader;
        this.head = head;
        this.size = size;
        this.layout = layout;
        this.offset = offset;
        this.following = following;
    }

    /**
     * Reads the start of an entry. The caller closes the result.
     *
     * @param archive stays open until the result is closed
     * @param rules with the layout of an entry without a .npy header
     * @param headers parses the .npy header
     * @throws ZipmapException {@code LAYOUT_REQUIRED}, {@code SHAPE_MISMATCH}, and all errors of reading an entry
     */
    public static ArrayStart open(Archive archive, ArchiveEntry entry, ExtractRules rules, NpyHeaders headers)
            throws IOException {
        EntryReader reader = archive.read(entry);
        ArrayStart start = null;
        try {
            start = readLayout(reader, entry, rules, headers);
            return start;
        } finally {
            if (start == null) {
                reader.close();
            }
        }
    }

    private static ArrayStart readLayout(EntryReader reader, ArchiveEntry entry, ExtractRules rules, NpyHeaders headers)
            throws IOException {
        byte[] first = new byte[SNIFFED_BYTES];
        int have = 0;
        for (int n = 0; n >= 0 && have < first.length; n = reader.read(first, have, first.length - have)) {
            have += n;
        }
        if (!NpyHeader.isNpy(first, have)) {
            byte[] head = Arrays.copyOf(first, have);
            return new ArrayStart(reader, head, entry.size(), rawLayout(entry, rules.raw()), 0, 0);
        }
        HeadReader head = new HeadReader(first, reader);
        NpyHeader header = headers.read(head, entry.size(), rules.maxHeaderChars());
        long following = following(entry, header);
        return new ArrayStart(
                reader, head.copy.toByteArray(), entry.size(), header.layout(), header.length(), following);
    }

    private static ArrayLayout rawLayout(ArchiveEntry entry, @Nullable RawLayout raw) throws ZipmapException {
        try {
            if (raw == null) {
                throw new ZipmapException(
                                Condition.LAYOUT_REQUIRED, "Cannot find the layout of an entry: it has no .npy header")
                        .advice("Say what its bytes are, as in " + OptionSpelling.mention("dtype", "float32") + " "
                                + OptionSpelling.mention("shape", "-1,4") + ", or name the entries to read, as in "
                                + OptionSpelling.mention("entries", "x,y") + ".");
            }
            return raw.forBytes(entry.size());
        } catch (ZipmapException e) {
            throw entry.isJunkFile()
                    ? e.advice("This entry is a junk file of an operating system. Without "
                            + OptionSpelling.mention("entries") + " it is left out; with it, name others.")
                    : e;
        }
    }

    /** Bytes after the array. As numpy does, zipmap reads the first array of an entry and ignores the rest. */
    private static long following(ArchiveEntry entry, NpyHeader header) throws ZipmapException {
        long bytes = entry.size() - header.length();
        if (bytes < header.layout().bytes()) {
            throw new ZipmapException(Condition.SHAPE_MISMATCH, "Cannot read the entry as " + header.layout())
                    .expected(header.layout().bytes() + " bytes after the .npy header")
                    .actual(bytes + " bytes");
        }
        return bytes - header.layout().bytes();
    }

    public ArrayLayout layout() {
        return layout;
    }

    /** Bytes of the entry before the first element. */
    int offset() {
        return offset;
    }

    /** Bytes of the entry after the last element: another array, or anything else. */
    public long following() {
        return following;
    }

    /** Whether the layout comes from a .npy header. */
    public boolean hasNpyHeader() {
        return offset > 0;
    }

    /** Copies the whole entry, and checks its size and CRC-32. To be called once. */
    void copyTo(WritableByteChannel out) throws IOException {
        if (size <= BUFFER_BYTES) {
            writeAll(out, readAll());
        } else {
            writeAll(out, head);
            reader.transferTo(out);
        }
    }

    /** The whole entry. A small one takes one write in place of two, and each is a call of the kernel. */
    private byte[] readAll() throws IOException {
        byte[] all = Arrays.copyOf(head, (int) size);
        int have = head.length;
        for (int n = 0; n >= 0; n = reader.read(all, have, all.length - have)) {
            have += n;
        }
        return all;
    }

    private static void writeAll(WritableByteChannel out, byte[] bytes) throws IOException {
        ByteBuffer left = ByteBuffer.wrap(bytes);
        while (left.hasRemaining()) {
            out.write(left);
        }
    }

    /** Reads the rest of the entry, only to check its size and CRC-32. */
    void verify() throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        int n = 0;
        while (n >= 0) {
            n = reader.read(buffer, 0, buffer.length);
        }
    }

    @Override
    public void close() {
        reader.close();
    }

    /**
     * Reads an entry whose first bytes were read before. Returns these bytes first, and keeps a copy of all it returns.
     */
    private static final class HeadReader implements NpyInput {
        private final ByteBuffer sniffed;
        private final EntryReader reader;
        private final ByteArrayOutputStream copy = new ByteArrayOutputStream();

        HeadReader(byte[] sniffed, EntryReader reader) {
            this.sniffed = ByteBuffer.wrap(sniffed);
            this.reader = reader;
        }

        @Override
        public int read(byte[] into, int offset, int count) throws IOException {
            int n = Math.min(count, sniffed.remaining());
            if (n > 0) {
                sniffed.get(into, offset, n);
            } else {
                n = reader.read(into, offset, count);
            }
            copy.write(into, offset, Math.max(0, n));
            return n;
        }
    }
}
