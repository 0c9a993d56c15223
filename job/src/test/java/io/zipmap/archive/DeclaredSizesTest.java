package io.zipmap.archive;

import static io.zipmap.archive.ArchiveAssert.LIMITS;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.zipmap.ZipmapException;
import io.zipmap.archive.ZipBytes.Entry;
import io.zipmap.archive.ZipBytes.Out;
import io.zipmap.array.NpyHeader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A size that a header declares is never allocated before the bytes have arrived. */
class DeclaredSizesTest {
    private static final byte[] CONTENT = {1, 2, 3, 4, 5, 6, 7};
    private static final long MOST = 1 << 20;

    private interface Attempt {
        void run() throws IOException;
    }

    private static long allocated(Attempt attempt) throws IOException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        // A first run loads the classes, whose memory is not to be counted.
        for (int i = 0; ; i++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            try {
                attempt.run();
            } catch (ZipmapException e) {
                assertThat(e).hasMessageContaining("ZIPMAP_");
            }
            if (i > 0) {
                return threads.getCurrentThreadAllocatedBytes() - before;
            }
        }
    }

    private static void assertAllocatesLittle(byte[] bytes) throws IOException {
        assertThat(allocated(() -> {
                    try (Archive archive = Archive.open(new MemoryByteSource(bytes, bytes.length, 1 << 16), LIMITS)) {
                        byte[] buffer = new byte[1000];
                        for (ArchiveEntry entry : archive.entries()) {
                            try (EntryReader reader = archive.read(entry)) {
                                while (reader.read(buffer, 0, buffer.length) >= 0) {
                                    // Reads to the end, or to the fault.
                                }
                            }
                        }
                    }
                }))
                .isLessThan(MOST);
    }

    private static byte[] zip(Consumer<ZipBytes> change) {
        ZipBytes zip = ZipBytes.of(Entry.of("a", CONTENT, 8), Entry.of("b", CONTENT, 0));
        change.accept(zip);
        return zip.build();
    }

    @Test
    void ofTheDirectory() throws IOException {
        List<byte[]> archives = new ArrayList<>();
        for (boolean zip64 : new boolean[] {false, true}) {
            for (long claim : new long[] {100, 1 << 30, 0xFFFFFFF0L, 1L << 40, Long.MAX_VALUE - 1000, Long.MIN_VALUE}) {
                archives.add(zip(zip -> {
                    zip.zip64 = zip64;
                    zip.sizeBy = claim;
                }));
                archives.add(zip(zip -> {
                    zip.zip64 = zip64;
                    zip.offsetBy = claim;
                }));
                archives.add(zip(zip -> {
                    zip.zip64 = zip64;
                    zip.countBy = (int) claim;
                }));
                archives.add(zip(zip -> {
                    zip.zip64 = zip64;
                    zip.locatorBy = claim;
                }));
            }
        }
        for (byte[] bytes : archives) {
            assertAllocatesLittle(bytes);
        }
    }

    @Test
    void ofAnEntry() throws IOException {
        for (long claim : new long[] {1 << 30, 0xFFFFFFFEL, 1L << 39, 1L << 40, Long.MAX_VALUE}) {
            assertAllocatesLittle(zip(zip -> {
                Entry first = zip.entries.get(0);
                first.size = ZipBytes.ONES;
                first.localSize = ZipBytes.ONES;
                first.extra = ZipBytes.extra(1, ZipBytes.longs(claim));
            }));
            assertAllocatesLittle(zip(zip -> {
                Entry first = zip.entries.get(0);
                first.compressed = ZipBytes.ONES;
                first.extra = ZipBytes.extra(1, ZipBytes.longs(claim));
            }));
        }
        for (int at : new int[] {28, 30, 32}) {
            byte[] bytes = zip(zip -> {});
            int header = 0;
            while (bytes[header] != 'P' || bytes[header + 2] != 1) {
                header++;
            }
            bytes[header + at] = bytes[header + at + 1] = (byte) 0xFF;
            assertAllocatesLittle(bytes);
        }
    }

    /** A declared window above the limit is refused before it is allocated. */
    @Test
    void ofAWindow() throws IOException {
        for (int window : new int[] {1 << 28, 1 << 30, -1}) {
            Entry lzma = EncodedEntries.entry("a", CONTENT, 14);
            lzma.data = new Out()
                    .u16(9)
                    .u16(5)
                    .u16(0x5D)
                    .u32(window)
                    .bytes(new byte[20])
                    .done();
            System.arraycopy(new Out().u32(window).done(), 0, lzma.data, 5, 4);
            EncodedEntries.with(lzma, lzma.data);
            lzma.size = lzma.localSize = 0xFFFFFFFEL;
            assertAllocatesLittle(ZipBytes.of(lzma).build());
        }
    }

    @Test
    void ofANpyHeader() throws IOException {
        for (int version : new int[] {1, 2, 3}) {
            for (long claim : new long[] {0xFFFF, 1 << 20, 1 << 30, 0xFFFFFFFFL}) {
                byte[] bytes = new Out()
                        .bytes(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) version, 0})
                        .u32(claim)
                        .bytes(new byte[500])
                        .done();
                assertThat(allocated(() -> NpyHeader.read(new ByteArrayInputStream(bytes)::read)))
                        .isLessThan(MOST);
            }
        }
    }
}
