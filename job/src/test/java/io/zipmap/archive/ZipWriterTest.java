package io.zipmap.archive;

import static io.zipmap.archive.ArchiveAssert.LIMITS;
import static io.zipmap.archive.ArchiveAssert.assertFails;
import static io.zipmap.archive.ArchiveAssert.content;
import static io.zipmap.archive.ArchiveAssert.names;
import static io.zipmap.archive.ArchiveAssert.open;
import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.Condition;
import io.zipmap.archive.ZipBytes.Entry;
import io.zipmap.testing.Numpy;
import io.zipmap.testing.NumpyOracle;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZipWriterTest {
    private static final byte[] CONTENT = "some bytes, some bytes".getBytes(StandardCharsets.US_ASCII);

    private static byte[] packed(byte[] zip) throws IOException {
        try (Archive archive = Archive.open(new MemoryByteSource(zip, zip.length, 1 << 16), LIMITS)) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            assertThat(ZipWriter.write(archive, out)).isEqualTo(out.size());
            return out.toByteArray();
        }
    }

    private static byte[] everyMethod() throws IOException {
        ZipBytes zip = new ZipBytes();
        for (int method : EncodedEntries.METHODS) {
            zip.entries.add(EncodedEntries.entry("größe " + method, CONTENT, method));
            zip.entries.get(zip.entries.size() - 1).flags |= 1 << 11;
            zip.entries.get(zip.entries.size() - 1).localFlags |= 1 << 11;
        }
        zip.entries.add(Entry.of("folder/", new byte[0], 0));
        zip.entries.add(Entry.of("twice", CONTENT, 8));
        zip.entries.add(Entry.of("twice", new byte[] {1}, 8));
        zip.entries.add(Entry.of("empty", new byte[0], 8));
        return zip.build();
    }

    @Test
    void storesEveryEntryAlignedAndKeepsNamesOrderAndContent() throws IOException {
        byte[] zip = everyMethod();
        byte[] packed = packed(zip);
        try (Archive before = open(zip);
                Archive after = open(packed)) {
            assertThat(ZipWriter.isAligned(before)).isFalse();
            assertThat(ZipWriter.isAligned(after)).isTrue();
            assertThat(names(after)).isEqualTo(names(before));
            for (int i = 0; i < after.entries().size(); i++) {
                ArchiveEntry entry = after.entries().get(i);
                assertThat(after.dataOffset(entry) % 64).isZero();
                assertThat(content(after, entry))
                        .isEqualTo(content(before, before.entries().get(i)));
            }
        }
        assertThat(packed(packed)).isEqualTo(packed);
    }

    @Test
    void alignsBehindNamesOfEveryLength() throws IOException {
        ZipBytes zip = new ZipBytes();
        for (int i = 1; i <= 130; i++) {
            zip.entries.add(Entry.of("n".repeat(i), Arrays.copyOf(CONTENT, i % 7), 0));
        }
        try (Archive after = open(packed(zip.build()))) {
            assertThat(ZipWriter.isAligned(after)).isTrue();
            assertThat(after.entries()).hasSize(130);
        }
    }

    @Test
    void writesMoreEntriesThanAnEndRecordCanCount() throws IOException {
        ZipBytes zip = new ZipBytes();
        for (int i = 0; i < 65_535; i++) {
            zip.entries.add(Entry.of("e" + i, new byte[0], 0));
        }
        byte[] packed = packed(zip.build());
        try (Archive after = Archive.open(new MemoryByteSource(packed, packed.length, 1 << 20), LIMITS)) {
            assertThat(after.entries()).hasSize(65_535);
        }
    }

    @Test
    void failsOnADamagedEntry() throws IOException {
        Entry bad = Entry.of("bad", CONTENT, 8);
        bad.crc ^= 1;
        byte[] zip = ZipBytes.of(Entry.of("good", CONTENT, 8), bad).build();
        try (Archive archive = open(zip)) {
            assertThat(assertFails(
                                    Condition.CRC_MISMATCH,
                                    () -> ZipWriter.write(archive, OutputStream.nullOutputStream()))
                            .entry())
                    .isEqualTo("bad");
        }
    }

    /** Entries beyond 4 GiB; the zeros between them are counted but not stored. */
    @Test
    void writesEntriesBeyondFourGibibytes() throws IOException {
        long size = (1L << 32) + 10;
        Ends ends = new Ends();
        try (Archive archive = Archive.open(zeros(size), LIMITS)) {
            assertThat(ZipWriter.write(archive, ends)).isEqualTo(ends.length);
        }
        byte[] tail = Arrays.copyOfRange(ends.tail.toByteArray(), 0, ends.tail.size());
        long tailAt = ends.length - tail.length;
        MemoryByteSource source = new MemoryByteSource(new byte[0], ends.length, 0) {
            @Override
            public int read(long position, byte[] into, int offset, int count) {
                for (int i = 0; i < count; i++) {
                    long at = position + i;
                    if (at >= ends.length) {
                        return i == 0 ? -1 : i;
                    }
                    into[offset + i] = at < ends.head.size()
                            ? ends.head.toByteArray()[(int) at]
                            : at < tailAt ? 0 : tail[(int) (at - tailAt)];
                }
                return count;
            }
        };
        try (Archive after = Archive.open(source, LIMITS)) {
            assertThat(after.entries()).extracting(ArchiveEntry::size).containsExactly(size, (long) CONTENT.length);
            assertThat(after.dataOffset(after.entries().get(0))).isEqualTo(64);
            assertThat(ZipWriter.isAligned(after)).isTrue();
            assertThat(content(after, after.entries().get(1))).isEqualTo(CONTENT);
        }
    }

    private static ByteSource zeros(long size) {
        CRC32 crc = new CRC32();
        byte[] block = new byte[1 << 16];
        for (long done = 0; done < size; done += block.length) {
            crc.update(block, 0, (int) Math.min(block.length, size - done));
        }
        Entry large = Entry.of("large", new byte[0], 0);
        large.crc = large.localCrc = crc.getValue();
        large.size = large.compressed = large.localSize = large.localCompressed = ZipBytes.ONES;
        large.extra = large.localExtra = ZipBytes.extra(1, ZipBytes.longs(size, size));
        Entry small = Entry.of("small", CONTENT, 0);
        int gap = 35 + 20;
        small.extra = ZipBytes.extra(1, ZipBytes.longs(gap + size));
        small.offset = ZipBytes.ONES;
        ZipBytes zip = ZipBytes.of(large, small);
        zip.zip64 = true;
        // The offsets after the gap grow by its length, as with a prefix.
        zip.offsetBy = size;
        zip.locatorBy = size;
        byte[] bytes = zip.build();
        return new MemoryByteSource(bytes, bytes.length + size, 1 << 16) {
            @Override
            public int read(long position, byte[] into, int offset, int count) {
                if (position >= gap + size) {
                    return super.read(position - size, into, offset, count);
                }
                int n = (int) Math.min(Math.min(count, 1 << 16), (position < gap ? gap : gap + size) - position);
                if (position < gap) {
                    return super.read(position, into, offset, n);
                }
                Arrays.fill(into, offset, offset + n, (byte) 0);
                return n;
            }
        };
    }

    /** Output that keeps the first kilobyte and the bytes after the zeros. */
    private static final class Ends extends OutputStream {
        private final ByteArrayOutputStream head = new ByteArrayOutputStream();
        private final ByteArrayOutputStream tail = new ByteArrayOutputStream();
        private long length;

        @Override
        public void write(int b) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void write(byte[] bytes, int offset, int count) {
            (length > 1L << 32 ? tail : length < 64 ? head : new ByteArrayOutputStream()).write(bytes, offset, count);
            length += count;
        }
    }

    @Test
    @NumpyOracle
    void writesWhatPythonAndNumpyRead(@TempDir Path folder) throws IOException {
        Path source = folder.resolve("a.npz");
        Numpy.lines(
                "import sys, numpy as np\n"
                        + "np.savez_compressed(sys.argv[1], a=np.arange(24.).reshape(2, 3, 4), b=np.int16([1, 2]))\n",
                source);
        Path packed = Files.write(folder.resolve("b.npz"), packed(Files.readAllBytes(source)));
        Path methods = Files.write(folder.resolve("c.zip"), packed(everyMethod()));
        assertThat(Numpy.lines(
                        "import sys, zipfile, numpy as np\n"
                                + "z = np.load(sys.argv[1])\n"
                                + "print(z['a'].sum(), z['b'].tolist(), zipfile.ZipFile(sys.argv[1]).testzip())\n"
                                + "z = zipfile.ZipFile(sys.argv[2])\n"
                                + "print(z.testzip(), len(z.infolist()), z.infolist()[0].filename)\n",
                        packed,
                        methods))
                .containsExactly("276.0 [1, 2] None", "None 11 größe 0");
    }
}
