package io.zipmap.archive;

import static io.zipmap.archive.ArchiveAssert.LIMITS;
import static io.zipmap.archive.ArchiveAssert.content;
import static io.zipmap.archive.ArchiveAssert.open;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import com.sun.management.ThreadMXBean;
import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.archive.ZipBytes.Entry;
import io.zipmap.archive.ZipBytes.Out;
import io.zipmap.testing.Errors;
import io.zipmap.testing.Numpy;
import io.zipmap.testing.NumpyOracle;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tukaani.xz.DeltaOptions;
import org.tukaani.xz.FilterOptions;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZ;
import org.tukaani.xz.XZOutputStream;

class DecoderMemoryTest {
    private static final byte[] CONTENT = ramp(100_000);
    private static final long MIB = 1 << 20;

    /** Window code of 128 MiB in an xz block header. */
    private static final int LARGE_WINDOW = 32;

    private static byte[] ramp(int count) {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = (byte) (i * 7 / 3);
        }
        return bytes;
    }

    private static byte[] xz(int check, int blockBytes, FilterOptions... filters) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (XZOutputStream out = new XZOutputStream(bytes, filters, check)) {
            for (int at = 0; at < CONTENT.length; at += blockBytes) {
                out.write(CONTENT, at, Math.min(blockBytes, CONTENT.length - at));
                out.endBlock();
            }
        }
        return claimLarge(bytes.toByteArray());
    }

    /** Makes every block declare a window of 128 MiB, as xz does at higher levels however short the input is. */
    private static byte[] claimLarge(byte[] xz) {
        byte[] claiming = xz.clone();
        for (int at = 12; at + 4 < xz.length; at += 4) {
            int length = (xz[at] & 0xFF) * 4 + 4;
            if (xz[at + 1] > 1 || length > 16 || at + length > xz.length) {
                continue;
            }
            CRC32 crc = new CRC32();
            crc.update(xz, at, length - 4);
            if (xz[at] != 0 && crc.getValue() == LittleEndian.u32(xz, at + length - 4)) {
                claiming[at + (xz[at + 1] == 0 ? 4 : 7)] = LARGE_WINDOW;
                crc.reset();
                crc.update(claiming, at, length - 4);
                System.arraycopy(new Out().u32(crc.getValue()).done(), 0, claiming, at + length - 4, 4);
            }
        }
        return claiming;
    }

    private static LZMA2Options small() throws IOException {
        LZMA2Options options = new LZMA2Options(0);
        options.setDictSize(1 << 16);
        return options;
    }

    private static Entry entry(byte[] content, int method, byte[] data) {
        Entry entry = Entry.of("a", content, 0);
        entry.method = entry.localMethod = method;
        return EncodedEntries.with(entry, data);
    }

    /** Number of bytes that this thread allocates while it reads the entry. Checks the content as well. */
    private static long allocated(byte[] content, Entry entry) throws IOException {
        byte[] zip = ZipBytes.of(entry).build();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        byte[] found = new byte[content.length];
        for (int i = 0; ; i++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            try (Archive archive = Archive.open(new MemoryByteSource(zip, zip.length, 1 << 16), LIMITS);
                    EntryReader reader = archive.read(archive.entries().get(0))) {
                int have = 0;
                for (int n = 0; n >= 0; n = reader.read(found, have, Math.max(1, found.length - have))) {
                    have += n;
                }
            }
            long after = threads.getCurrentThreadAllocatedBytes();
            assertThat(found).isEqualTo(content);
            if (i > 0) {
                return after - before;
            }
        }
    }

    @Test
    void aWindowIsNeverLargerThanTheEntry() throws IOException {
        for (int check : new int[] {XZ.CHECK_NONE, XZ.CHECK_CRC32, XZ.CHECK_CRC64, XZ.CHECK_SHA256}) {
            for (int block : new int[] {CONTENT.length, 30_000, 999}) {
                assertThat(allocated(CONTENT, entry(CONTENT, 95, xz(check, block, small()))))
                        .isLessThan(CONTENT.length / block * 400_000L + MIB);
                byte[] filtered = xz(check, block, new DeltaOptions(3), small());
                assertThat(allocated(CONTENT, entry(CONTENT, 95, filtered)))
                        .isLessThan(CONTENT.length / block * 400_000L + MIB);
            }
        }
        byte[] twice = Arrays.copyOf(CONTENT, 2 * CONTENT.length);
        System.arraycopy(CONTENT, 0, twice, CONTENT.length, CONTENT.length);
        byte[] one = xz(XZ.CHECK_CRC64, 50_000, small());
        byte[] streams = new Out().bytes(one).bytes(new byte[8]).bytes(one).done();
        assertThat(allocated(twice, entry(twice, 95, streams))).isLessThan(4 * MIB);
        byte[] lzma = EncodedEntries.lzma(CONTENT, 1 << 16, false);
        System.arraycopy(new Out().u32(1 << 27).done(), 0, lzma, 5, 4);
        assertThat(allocated(CONTENT, entry(CONTENT, 14, lzma))).isLessThan(MIB);
    }

    @Test
    @NumpyOracle
    void readsWhatXzWritesAtEveryLevel(@TempDir Path folder) throws IOException {
        String script = "import lzma, sys\n"
                + "data = open(sys.argv[1], 'rb').read()\n"
                + "for i, f in enumerate([None, [{'id': lzma.FILTER_X86}, {'id': lzma.FILTER_LZMA2, 'preset': 9}],\n"
                + "    [{'id': lzma.FILTER_DELTA, 'dist': 4}, {'id': lzma.FILTER_LZMA2, 'dict_size': 100 << 20}]]):\n"
                + "  open(sys.argv[2] + str(i), 'wb').write(lzma.compress(data, filters=f, preset=9 if f is "
                + "None else None)\n"
                + "    + lzma.compress(b'', preset=9) + lzma.compress(data[:7]))\n";
        Files.write(folder.resolve("data"), CONTENT);
        Numpy.lines(script, folder.resolve("data"), folder.resolve("xz"));
        byte[] expected = Arrays.copyOf(CONTENT, CONTENT.length + 7);
        System.arraycopy(CONTENT, 0, expected, CONTENT.length, 7);
        for (int i = 0; i < 3; i++) {
            byte[] data = Files.readAllBytes(folder.resolve("xz" + i));
            assertThat(allocated(expected, entry(expected, 95, data)))
                    .as("" + i)
                    .isLessThan(2 * MIB);
        }
    }

    private static StreamDecoder decoder(Entry entry, DecoderMemory memory, StreamDecoder.Opener opener) {
        MemoryByteSource source = new MemoryByteSource(entry.data, entry.data.length, 1 << 16);
        ZipCentralHeader header = new ZipCentralHeader(
                20, entry.flags, entry.method, entry.crc, entry.data.length, entry.size, 0, 0, 1, 0, 0);
        return new StreamDecoder(
                new CompressedBytes(source, 0, entry.data.length), new ArchiveEntry(0, "a", header), opener, memory);
    }

    @Test
    void everyMethodReservesMemoryAndReleasesIt() throws IOException {
        long[] least = {CONTENT.length, CONTENT.length, 4 * MIB, CONTENT.length};
        StreamDecoder.Opener[] openers = {
            DecoderStreams::xz, DecoderStreams::lzma, DecoderStreams::bzip2, DecoderStreams::zstd
        };
        int[] methods = {95, 14, 12, 93};
        for (int i = 0; i < methods.length; i++) {
            DecoderMemory memory = new DecoderMemory(64 * MIB, Duration.ofSeconds(1));
            Entry entry = methods[i] == 93
                    ? entry(CONTENT, 93, Zstd.compress(CONTENT))
                    : EncodedEntries.entry("a", CONTENT, methods[i]);
            StreamDecoder decoder = decoder(entry, memory, openers[i]);
            assertThat(memory.free()).isEqualTo(64 << 10);
            decoder.read(new byte[10], 0, 10);
            assertThat(memory.free()).as("method " + methods[i]).isLessThanOrEqualTo((int)
                    ((64 * MIB - Math.min(least[i], 1 << 16)) >> 10));
            decoder.close();
            decoder.close();
            assertThat(memory.free()).isEqualTo(64 << 10);
        }
    }

    @Test
    void aLaterFrameOfZstdReservesMore() throws IOException {
        byte[] large = new byte[8 << 20];
        byte[] data = new Out()
                .bytes(new byte[] {0x5F, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, 1, 2, 3})
                .bytes(Zstd.compress(new byte[100]))
                .bytes(Zstd.compress(large))
                .done();
        byte[] content = new byte[100 + large.length];
        DecoderMemory memory = new DecoderMemory(64 * MIB, Duration.ofSeconds(1));
        try (StreamDecoder decoder = decoder(entry(content, 93, data), memory, DecoderStreams::zstd)) {
            byte[] buffer = new byte[1 << 20];
            int first = decoder.read(buffer, 0, 100);
            assertThat(first).isEqualTo(100);
            int afterFirst = memory.free();
            int n = first;
            for (int one = 0; one >= 0; one = decoder.read(buffer, 0, buffer.length)) {
                n += one;
            }
            assertThat(n).isEqualTo(content.length);
            assertThat(memory.free()).isLessThan(afterFirst);
        }
        assertThat(memory.free()).isEqualTo(64 << 10);
    }

    @Test
    void aReservationWaitsUntilAnotherIsReleased() throws Exception {
        DecoderMemory memory = new DecoderMemory(3 * MIB, Duration.ofSeconds(60));
        DecoderMemory.Reservation first = memory.newReservation();
        first.reserve(2 * MIB);
        Future<?> second = CompletableFuture.runAsync(() -> {
            try (DecoderMemory.Reservation held = memory.newReservation()) {
                held.reserve(1);
                held.reserve(2 * MIB);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        Thread.sleep(200);
        assertThat(second.isDone()).isFalse();
        first.close();
        second.get(60, TimeUnit.SECONDS);
        assertThat(memory.free()).isEqualTo(3 << 10);
    }

    @Test
    void aReservationFailsAfterTheTimeLimitOrIfItExceedsTheBudget() throws IOException {
        DecoderMemory memory = new DecoderMemory(3 * MIB, Duration.ofMillis(50));
        try (DecoderMemory.Reservation first = memory.newReservation();
                DecoderMemory.Reservation second = memory.newReservation()) {
            first.reserve(2 * MIB);
            assertThat(Errors.named(Condition.DECODER_MEMORY_FULL, () -> second.reserve(2 * MIB)))
                    .hasMessageContaining("1024 of 3072 KiB free");
            assertThat(Errors.named(Condition.LIMIT_WINDOW_BYTES, () -> second.reserve(4 * MIB)))
                    .hasMessageContaining("3145728 bytes in a heap of this size");
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> second.reserve(2 * MIB)).isInstanceOf(InterruptedIOException.class);
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(memory.free()).isEqualTo(3 << 10);
    }

    @Test
    void aSmallHeapHasSpaceForTheLargestWindow() {
        assertThat(DecoderMemory.share(16L << 30)).isEqualTo(4L << 30);
        assertThat(DecoderMemory.share(400 << 20)).isEqualTo(DecoderStreams.MAX_DECODER_BYTES);
        assertThat(DecoderMemory.share(100 << 20)).isEqualTo(50 << 20);
    }

    /**
     * Sixteen small archives with a window of 128 MiB each, on eight threads, in a heap with space for three windows.
     */
    @Test
    void manyLargeWindowsFitIntoASmallHeap(@TempDir Path folder) throws IOException, InterruptedException {
        byte[] content = new byte[160 << 20];
        byte[] lzma = EncodedEntries.lzma(content, 1 << 16, true);
        System.arraycopy(new Out().u32(1 << 27).done(), 0, lzma, 5, 4);
        Entry entry = entry(content, 14, lzma);
        entry.flags = entry.localFlags = 1 << 1;
        Path file = Files.write(folder.resolve("a.zip"), ZipBytes.of(entry).build());
        assertThat(Files.size(file)).isLessThan(40_000);
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx480m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Readers.class.getName(),
                        file.toString()))
                .redirectErrorStream(true)
                .start();
        try {
            process.getOutputStream().close();
            String out = new String(process.getInputStream().readAllBytes());
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(out.lines().toList()).containsExactly("16 read");
        } finally {
            process.destroyForcibly();
        }
    }

    /** Main method of the child process: reads the start of the archive sixteen times, on eight threads. */
    static final class Readers {
        private Readers() {}

        public static void main(String[] args) throws Exception {
            byte[] zip = Files.readAllBytes(Path.of(args[0]));
            ExecutorService threads = Executors.newFixedThreadPool(8);
            List<Future<Boolean>> all = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                all.add(threads.submit(() -> {
                    try (Archive archive = Archive.open(new MemoryByteSource(zip, zip.length, 1 << 16), LIMITS);
                            EntryReader reader = archive.read(archive.entries().get(0))) {
                        boolean read = reader.read(new byte[1 << 16], 0, 1 << 16) > 0;
                        Thread.sleep(100);
                        return read;
                    }
                }));
            }
            int read = 0;
            try {
                for (Future<Boolean> one : all) {
                    read += one.get() ? 1 : 0;
                }
            } finally {
                threads.shutdownNow();
            }
            System.out.println(read + " read");
        }
    }

    @Test
    void damagedHeadersAreRefusedByTheLibraryAsBefore() throws IOException {
        byte[] sound = xz(XZ.CHECK_CRC32, 30_000, small());
        for (int at = 0; at < sound.length; at += at < 64 || at > sound.length - 80 ? 1 : 97) {
            byte[] damaged = sound.clone();
            damaged[at] ^= 0x41;
            try (Archive archive = open(ZipBytes.of(entry(CONTENT, 95, damaged)).build())) {
                assertThat(content(archive, archive.entries().get(0))).isEqualTo(CONTENT);
            } catch (ZipmapException e) {
                assertThat(e.entry()).isEqualTo("a");
            }
        }
    }
}
