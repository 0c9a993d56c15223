package io.zipmap.plan;

import io.zipmap.IoSupplier;
import io.zipmap.archive.ArchiveRef;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * Entries of a listing in a form that Spark shuffles and stores as few objects: the archives as bytes, in the order in
 * which they were added, each without the characters of its URI that the one before has too. Immutable.
 */
final class ListingBlock implements Serializable {
    private static final long serialVersionUID = 1L;

    private final int archives;
    private final byte[] packed;
    private final ListingEntry[] others;

    private ListingBlock(int archives, byte[] packed, List<ListingEntry> others) {
        this.archives = archives;
        this.packed = packed;
        this.others = others.toArray(ListingEntry[]::new);
    }

    /** Gathers the entries of one block. */
    static final class Builder {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final DataOutputStream out = new DataOutputStream(bytes);
        private final List<ListingEntry> others = new ArrayList<>();
        private String last = "";
        private int archives;

        void add(ListingEntry entry) {
            entry.archive().ifPresentOrElse(this::add, () -> others.add(entry));
        }

        void add(ArchiveRef archive) {
            try {
                String uri = archive.uri();
                int same = sameChars(last, uri);
                out.writeInt(same);
                writeText(uri.substring(same));
                out.writeLong(archive.length());
                writeText(archive.version());
                writeText(archive.contentDigest());
                last = uri;
                archives++;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** A text of any length; {@code writeUTF} has a limit. */
        private void writeText(String text) throws IOException {
            byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
            out.writeInt(encoded.length);
            out.write(encoded);
        }

        /** Does not end between the two chars of one character, which UTF-8 could not encode alone. */
        private static int sameChars(String one, String other) {
            int same = 0;
            while (same < one.length() && same < other.length() && one.charAt(same) == other.charAt(same)) {
                same++;
            }
            return same > 0 && Character.isHighSurrogate(other.charAt(same - 1)) ? same - 1 : same;
        }

        int archives() {
            return archives;
        }

        ListingBlock build() {
            return new ListingBlock(archives, bytes.toByteArray(), others);
        }
    }

    /** The entries that are no archives. */
    List<ListingEntry> others() {
        return Collections.unmodifiableList(Arrays.asList(others));
    }

    /** All entries: the archives after the others. */
    Iterator<ListingEntry> entries() {
        Iterator<ListingEntry> first = others().iterator();
        Iterator<ArchiveRef> rest = archives();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return first.hasNext() || rest.hasNext();
            }

            @Override
            public ListingEntry next() {
                return first.hasNext() ? first.next() : ListingEntry.ofArchive(rest.next());
            }
        };
    }

    Iterator<ArchiveRef> archives() {
        return new Archives(new DataInputStream(new ByteArrayInputStream(packed)), archives);
    }

    /** Reads the archives one by one. */
    private static final class Archives implements Iterator<ArchiveRef> {
        private final DataInputStream in;
        private final IoSupplier<String> texts;
        private String last = "";
        private int left;

        Archives(DataInputStream in, int count) {
            this.in = in;
            this.texts = () -> new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
            this.left = count;
        }

        @Override
        public boolean hasNext() {
            return left > 0;
        }

        @Override
        public ArchiveRef next() {
            if (left == 0) {
                throw new NoSuchElementException();
            }
            left--;
            try {
                last = last.substring(0, in.readInt()) + texts.get();
                return new ArchiveRef(last, in.readLong(), texts.get()).withContentDigest(texts.get());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
