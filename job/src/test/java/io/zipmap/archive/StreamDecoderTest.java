package io.zipmap.archive;

import static io.zipmap.archive.ArchiveAssert.LIMITS;
import static io.zipmap.archive.ArchiveAssert.assertFails;
import static io.zipmap.archive.ArchiveAssert.assertFirstEntryFails;
import static io.zipmap.archive.ArchiveAssert.content;
import static io.zipmap.archive.ArchiveAssert.open;
import static io.zipmap.archive.ArchiveAssert.transferred;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.archive.ZipBytes.Entry;
import io.zipmap.archive.ZipBytes.Out;
import io.zipmap.testing.Numpy;
import io.zipmap.testing.NumpyOracle;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The methods that libraries decode follow the same rules as stored and deflated entries. */
class StreamDecoderTest {
    private static final byte[] CONTENT = mixed();
    private static final byte[] SMALL = {1, 2, 3};

    /** Partly compressible content, longer than every buffer. */
    private static byte[] mixed() {
        byte[] bytes = new byte[20_000];
        Random random = new Random(3);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i < 10_000 ? i / 100 : random.nextInt());
        }
        return bytes;
    }

    private static byte[] zip(Entry first) {
        return ZipBytes.of(first, Entry.of("second", SMALL, 8)).build();
    }

    private static void assertReads(byte[] expected, Entry entry) throws IOException {
        try (Archive archive = open(zip(entry))) {
            assertThat(content(archive, archive.entries().get(0))).isEqualTo(expected);
            assertThat(transferred(archive, archive.entries().get(0), 6)).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {9, 12, 14, 20, 93, 95})
    void readsStreamsOfTheLibraries(int method) throws IOException {
        for (byte[] expected : new byte[][] {CONTENT, SMALL, {}}) {
            assertReads(expected, EncodedEntries.entry("first", expected, method));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {9, 12, 14, 93, 95})
    void refusesAStreamThatIsCut(int method) throws IOException {
        byte[] whole = EncodedEntries.entry("first", CONTENT, method).data;
        for (int length : new int[] {0, 1, 8, whole.length / 2, whole.length - 1}) {
            Entry cut =
                    EncodedEntries.with(EncodedEntries.entry("first", CONTENT, method), Arrays.copyOf(whole, length));
            try (Archive archive = open(zip(cut))) {
                assertThatThrownBy(() -> content(archive, archive.entries().get(0)))
                        .as("method %d, %d bytes", method, length)
                        .isInstanceOfSatisfying(
                                ZipmapException.class,
                                e -> assertThat(e.condition())
                                        .isIn(Condition.ENTRY_TRUNCATED, Condition.SIZE_MISMATCH));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {9, 12, 14, 93, 95})
    void neverReturnsOtherBytesIfAByteIsDamaged(int method) throws IOException {
        byte[] text = "numbers numbers numbers and no numbers".getBytes(StandardCharsets.US_ASCII);
        byte[] sound = EncodedEntries.entry("first", text, method).data;
        for (int at = 0; at < sound.length; at++) {
            for (int value : new int[] {0, 1, 0x7F, 0x80, 0xFF, sound[at] + 1, sound[at] - 1}) {
                byte[] damaged = sound.clone();
                damaged[at] = (byte) value;
                try (Archive archive =
                        open(zip(EncodedEntries.with(EncodedEntries.entry("first", text, method), damaged)))) {
                    assertThat(content(archive, archive.entries().get(0))).isEqualTo(text);
                } catch (ZipmapException e) {
                    assertThat(e.entry()).isEqualTo("first");
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {9, 12, 14, 93, 95})
    void refusesWrongSizesAndAWrongCrc(int method) throws IOException {
        Entry more = EncodedEntries.entry("first", CONTENT, method);
        more.size = more.localSize = CONTENT.length + 1;
        assertThat(assertFirstEntryFails(Condition.SIZE_MISMATCH, zip(more)))
                .hasMessageContaining("expected: 20001 bytes; actual: 20000 bytes");
        Entry fewer = EncodedEntries.entry("first", CONTENT, method);
        fewer.size = fewer.localSize = 10;
        fewer.crc = fewer.localCrc = ZipBytes.crc32(Arrays.copyOf(CONTENT, 10));
        assertFirstEntryFails(Condition.SIZE_MISMATCH, zip(fewer));
        Entry other = EncodedEntries.entry("first", CONTENT, method);
        other.crc ^= 1;
        assertFirstEntryFails(Condition.CRC_MISMATCH, zip(other));
    }

    @Test
    void readsLzmaWithoutAnEndMarker() throws IOException {
        Entry entry = EncodedEntries.entry("first", CONTENT, 14);
        entry.flags = entry.localFlags = 0;
        assertReads(CONTENT, EncodedEntries.with(entry, EncodedEntries.lzma(CONTENT, 1 << 16, false)));
        entry.size = entry.localSize = CONTENT.length - 1;
        assertFirstEntryFails(Condition.DATA_CORRUPT, zip(entry));
        entry.size = entry.localSize = CONTENT.length + 1;
        assertFirstEntryFails(Condition.ENTRY_TRUNCATED, zip(entry));
    }

    @Test
    void readsLzmaWithAnEndMarkerButWithoutItsFlag() throws IOException {
        for (byte[] expected : new byte[][] {CONTENT, SMALL, {}}) {
            Entry entry = EncodedEntries.entry("first", expected, 14);
            entry.flags = entry.localFlags = 0;
            assertReads(expected, entry);
        }
        Entry fewer = EncodedEntries.entry("first", CONTENT, 14);
        fewer.flags = fewer.localFlags = 0;
        fewer.size = fewer.localSize = CONTENT.length - 1;
        fewer.crc = ZipBytes.crc32(Arrays.copyOf(CONTENT, CONTENT.length - 1));
        assertFirstEntryFails(Condition.DATA_CORRUPT, zip(fewer));
    }

    @Test
    void readsConcatenatedStreams() throws IOException {
        for (int method : new int[] {12, 93, 95}) {
            byte[] half = EncodedEntries.entry("first", Arrays.copyOf(CONTENT, 10_000), method).data;
            byte[] rest = EncodedEntries.entry("first", Arrays.copyOfRange(CONTENT, 10_000, 20_000), method).data;
            Entry entry = EncodedEntries.entry("first", CONTENT, method);
            assertReads(
                    CONTENT,
                    EncodedEntries.with(entry, new Out().bytes(half).bytes(rest).done()));
        }
    }

    /** In deflate64, length code 285 has 16 extra bits and distances reach 64 KiB; deflate has neither. */
    @Test
    void readsTheLongMatchesOfDeflate64() throws IOException {
        byte[] far = new byte[50_000];
        new Random(5).nextBytes(far);
        Bits bits = new Bits();
        bits.number(0, 3);
        bits.align();
        bits.out.writeBytes(
                new Out().u16(far.length).u16(~far.length).bytes(far).done());
        bits.number(1, 1);
        bits.number(1, 2);
        bits.code(0b11000101, 8);
        bits.number(1_000 - 3, 16);
        bits.code(31, 5);
        bits.number(50_000 - 49_153, 14);
        bits.code(0, 7);
        bits.align();
        byte[] expected = Arrays.copyOf(far, 51_000);
        System.arraycopy(far, 0, expected, 50_000, 1_000);
        Entry entry = Entry.of("first", expected, 0);
        entry.method = entry.localMethod = 9;
        assertReads(expected, EncodedEntries.with(entry, bits.out.toByteArray()));
    }

    @Test
    void refusesAWindowThatWouldFillTheMemory() throws IOException {
        Entry lzma = EncodedEntries.entry("first", CONTENT, 14);
        Arrays.fill(lzma.data, 5, 9, (byte) 0xFF);
        assertReads(CONTENT, lzma);
        lzma.size = lzma.localSize = 1L << 31;
        ZipmapException e = assertFirstEntryFails(Condition.LIMIT_WINDOW_BYTES, zip(lzma));
        assertThat(e).hasMessageContaining("expected: at most 134217728 bytes; actual: 2147483648 bytes");

        Entry zstd = EncodedEntries.entry("first", CONTENT, 93);
        byte[] frame = {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD, 0, (byte) (18 << 3), 1, 0, 0};
        assertFirstEntryFails(Condition.LIMIT_WINDOW_BYTES, zip(EncodedEntries.with(zstd, frame)));

        Entry xz = EncodedEntries.entry("first", CONTENT, 95);
        // After 12 bytes of stream header: header size, flags, filter LZMA2, size of properties, window code.
        assertThat(xz.data[14]).isEqualTo((byte) 0x21);
        xz.data[16] = 36;
        fixBlockHeader(xz.data);
        assertReads(CONTENT, xz);
        xz.size = xz.localSize = 1L << 31;
        assertFirstEntryFails(Condition.LIMIT_WINDOW_BYTES, zip(xz));
    }

    private static void fixBlockHeader(byte[] xz) {
        int length = (xz[12] & 0xFF) * 4;
        byte[] crc = new Out()
                .u32(ZipBytes.crc32(Arrays.copyOfRange(xz, 12, 12 + length)))
                .done();
        System.arraycopy(crc, 0, xz, 12 + length, 4);
    }

    @Test
    void passesOnTheExceptionOfTheSource() throws IOException {
        for (int method : new int[] {9, 12, 14, 93, 95}) {
            byte[] bytes = MemoryByteSource.tooLargeToBuffer(zip(EncodedEntries.entry("first", CONTENT, method)));
            IOException failure = new IOException("the disk is gone");
            boolean[] gone = {false};
            try (Archive archive = Archive.open(new Failing(new MemoryByteSource(bytes), failure, gone), LIMITS);
                    EntryReader reader = archive.read(archive.entries().get(0))) {
                gone[0] = true;
                assertThatThrownBy(() -> reader.read(new byte[10], 0, 10)).isSameAs(failure);
            }
        }
    }

    @Test
    void reportsAnArchiveThatEndsBeforeTheEntry() throws IOException {
        byte[] bytes = MemoryByteSource.tooLargeToBuffer(zip(EncodedEntries.entry("first", CONTENT, 93)));
        boolean[] cut = {false};
        MemoryByteSource source = new MemoryByteSource(bytes) {
            @Override
            public int read(long position, byte[] into, int offset, int count) {
                return cut[0] && position > 1_000 ? -1 : super.read(position, into, offset, count);
            }
        };
        try (Archive archive = Archive.open(source, LIMITS)) {
            cut[0] = true;
            assertThat(assertFails(
                            Condition.ENTRY_TRUNCATED,
                            () -> content(archive, archive.entries().get(0))))
                    .hasMessageContaining("the archive ends first");
        }
    }

    @Test
    @NumpyOracle
    void readsWhatPythonWrites(@TempDir Path folder) throws IOException {
        String script = "import sys, zipfile\n"
                + "with zipfile.ZipFile(sys.argv[1], 'w') as z:\n"
                + "    for m in (zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):\n"
                + "        z.writestr('m%d' % m, bytes(range(200)) * 500, m)\n";
        Path file = folder.resolve("python.zip");
        Numpy.lines(script, file);
        byte[] bytes = Files.readAllBytes(file);
        try (Archive archive = Archive.open(new MemoryByteSource(bytes, bytes.length, 1 << 20), LIMITS)) {
            for (ArchiveEntry entry : archive.entries()) {
                assertThat(content(archive, entry)).hasSize(100_000).startsWith(0, 1, 2, 3);
            }
            assertThat(archive.entries()).extracting(ArchiveEntry::methodName).containsExactly("bzip2", "lzma");
        }
    }

    /** Writes bits in the order of deflate: numbers from the lowest bit, Huffman codes from the highest. */
    private static final class Bits {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        private int pending;
        private int count;

        void number(int value, int bits) {
            for (int i = 0; i < bits; i++) {
                bit(value >>> i & 1);
            }
        }

        void code(int value, int bits) {
            for (int i = bits - 1; i >= 0; i--) {
                bit(value >>> i & 1);
            }
        }

        void align() {
            while (count != 0) {
                bit(0);
            }
        }

        private void bit(int value) {
            pending |= value << count++;
            if (count == 8) {
                out.write(pending);
                pending = 0;
                count = 0;
            }
        }
    }

    private static final class Failing implements ByteSource {
        private final ByteSource source;
        private final IOException failure;
        private final boolean[] gone;

        Failing(ByteSource source, IOException failure, boolean[] gone) {
            this.source = source;
            this.failure = failure;
            this.gone = gone;
        }

        @Override
        public ArchiveRef ref() {
            return source.ref();
        }

        @Override
        public int read(long position, byte[] into, int offset, int count) throws IOException {
            if (gone[0]) {
                throw failure;
            }
            return source.read(position, into, offset, count);
        }

        @Override
        public void close() throws IOException {
            source.close();
        }
    }
}
