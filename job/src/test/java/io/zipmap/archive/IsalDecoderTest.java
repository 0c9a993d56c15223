package io.zipmap.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.zipmap.ZipmapException;
import io.zipmap.archive.ZipBytes.Entry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.Deflater;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The native inflater decodes to the same bytes as the JDK's. */
class IsalDecoderTest {
    @BeforeAll
    static void onItsMachine() {
        boolean linux = System.getProperty("os.name").equals("Linux")
                && System.getProperty("os.arch").equals("amd64");
        assumeTrue(linux, "the library is for Linux on x86-64");
        assertThat(Isal.unavailable()).isEmpty();
    }

    private static byte[] content(int kind, int size) {
        Random random = new Random(kind);
        byte[] content = new byte[size];
        for (int i = 0; i < size; i++) {
            // Kinds of data: noise, few symbols, runs, and matches at distances up to and beyond the 32 KiB window.
            content[i] = switch (kind) {
                case 0 -> (byte) random.nextInt();
                case 1 -> (byte) random.nextInt(3);
                case 2 -> (byte) (i >>> 9);
                default -> i < 32_767 + kind ? (byte) random.nextInt() : content[i - 32_767 + i % 3];
            };
        }
        return content;
    }

    private static byte[] deflate(byte[] content, int level, int strategy) {
        Deflater deflater = new Deflater(level, true);
        deflater.setStrategy(strategy);
        deflater.setInput(content);
        deflater.finish();
        byte[] out = new byte[content.length + content.length / 8 + 64];
        int n = 0;
        while (!deflater.finished()) {
            n += deflater.deflate(out, n, out.length - n);
        }
        deflater.end();
        return Arrays.copyOf(out, n);
    }

    /** The bytes that an inflater decodes until the stream ends, and how it ends. */
    private static final class Decoded {
        final byte[] bytes;
        final String end;

        Decoded(InflaterKind inflater, byte[] stream, int piece, int most) throws IOException {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            String how = "too long";
            CompressedBytes in =
                    new CompressedBytes(new MemoryByteSource(stream, stream.length, 1 << 16), 0, stream.length);
            byte[] buffer = new byte[piece];
            ZipCentralHeader header = new ZipCentralHeader(20, 0, 8, 0, stream.length, most, 0, 0, 1, 0, 0);
            try (Decoder decoder = inflater.factory().open(in, new ArchiveEntry(0, "x", header))) {
                for (int n = 0; n >= 0 && out.size() <= most; n = decoder.read(buffer, 0, piece)) {
                    out.write(buffer, 0, n);
                    how = "ended";
                }
            } catch (ZipmapException e) {
                how = e.condition().label();
            }
            bytes = out.toByteArray();
            end = how;
        }

        boolean ended() {
            return end.equals("ended");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void decodesToTheOriginalBytes(int kind) throws IOException {
        for (int size : new int[] {0, 1, 100, 65_536, 262_143, 262_144, 262_145, 700_001}) {
            byte[] content = content(kind, size);
            for (int level : new int[] {0, 1, 9}) {
                for (int strategy : new int[] {Deflater.DEFAULT_STRATEGY, Deflater.HUFFMAN_ONLY}) {
                    byte[] stream = deflate(content, level, strategy);
                    Decoded decoded = new Decoded(InflaterKind.NATIVE, stream, 10_007, size);
                    assertThat(decoded.bytes).isEqualTo(content);
                    assertThat(decoded.end).isEqualTo("ended");
                }
            }
        }
    }

    @Test
    void decodesDamagedStreamsAsFarAsTheJdkDoes() throws IOException {
        Random random = new Random(5);
        int failed = 0;
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] content = content(i % 4, 1 + random.nextInt(i % 10 == 0 ? 40_000 : 300));
            byte[] stream = deflate(content, random.nextInt(10), random.nextInt(3));
            for (int flips = random.nextInt(3); flips >= 0; flips--) {
                stream[random.nextInt(stream.length)] ^= (byte) (1 << random.nextInt(8));
            }
            if (random.nextInt(4) == 0) {
                stream = Arrays.copyOf(stream, random.nextInt(stream.length + 1));
            }
            Decoded jdk = new Decoded(InflaterKind.JDK, stream, 4096, 1 << 20);
            Decoded isal = new Decoded(InflaterKind.NATIVE, stream, 4096, 1 << 20);
            if (jdk.ended()) {
                assertThat(isal.end).as("stream %d", i).isEqualTo("ended");
                assertThat(isal.bytes).as("stream %d", i).isEqualTo(jdk.bytes);
            } else {
                refused += isal.ended() ? 0 : 1;
                failed++;
            }
        }
        assertThat(failed).isBetween(5_000, 19_000);
        // Only zlib refuses oversubscribed codes. ISA-L decodes them, and the checks of size and CRC-32 follow.
        assertThat(refused).isBetween(failed * 9 / 10, failed);
    }

    @Test
    void ignoresBytesAfterTheStream() throws IOException {
        byte[] content = content(1, 1000);
        byte[] stream = deflate(content, 6, 0);
        Decoded decoded = new Decoded(InflaterKind.NATIVE, Arrays.copyOf(stream, stream.length + 100_000), 64, 1000);
        assertThat(decoded.bytes).isEqualTo(content);
        assertThat(decoded.end).isEqualTo("ended");
    }

    @Test
    void isChosenForLargeEntriesOnly() throws IOException {
        assertThat(decoder(InflaterKind.AUTO, 1 << 16)).isInstanceOf(IsalDecoder.class);
        assertThat(decoder(InflaterKind.AUTO, (1 << 16) - 1)).isInstanceOf(InflateDecoder.class);
        assertThat(decoder(InflaterKind.NATIVE, 1)).isInstanceOf(IsalDecoder.class);
        assertThat(decoder(InflaterKind.JDK, 1 << 16)).isInstanceOf(InflateDecoder.class);
    }

    private static Decoder decoder(InflaterKind inflater, int size) throws IOException {
        byte[] bytes = new byte[size];
        ArchiveEntry entry = new ArchiveEntry(0, "x", new ZipCentralHeader(20, 0, 8, 0, size, size, 0, 0, 1, 0, 0));
        Decoder decoder = inflater.factory()
                .open(new CompressedBytes(new MemoryByteSource(bytes, size, 1 << 16), 0, size), entry);
        decoder.close();
        return decoder;
    }

    @Test
    void transfersBlocksThatEndAtMultiplesOfTheirSize() throws IOException {
        byte[] content = content(0, 700_001);
        byte[] zip = ZipBytes.of(Entry.of("a", content, 8)).build();
        List<Integer> ends = new ArrayList<>();
        try (Archive archive = Archive.open(
                        new MemoryByteSource(zip, zip.length, 50_000), ArchiveAssert.LIMITS, InflaterKind.NATIVE);
                EntryReader reader = archive.read(archive.entries().get(0))) {
            byte[] all = new byte[content.length];
            ByteBuffer out = ByteBuffer.wrap(all, reader.read(all, 0, 6), all.length - 6);
            reader.transferTo(new WritableByteChannel() {
                @Override
                public int write(ByteBuffer block) {
                    int n = block.remaining();
                    out.put(block);
                    ends.add(out.position());
                    return n;
                }

                @Override
                public boolean isOpen() {
                    return true;
                }

                @Override
                public void close() {}
            });
            assertThat(all).isEqualTo(content);
        }
        assertThat(ends).containsExactly(65_536, 262_144, 524_288, 700_001);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void transfersTheOriginalBytes(int kind) throws IOException {
        for (int size : new int[] {0, 1, 65_536, 65_537, 262_145}) {
            byte[] content = content(kind, size);
            byte[] zip = ZipBytes.of(Entry.of("a", content, 8)).build();
            try (Archive archive = Archive.open(
                    new MemoryByteSource(zip, zip.length, 30_000), ArchiveAssert.LIMITS, InflaterKind.NATIVE)) {
                assertThat(ArchiveAssert.transferred(archive, archive.entries().get(0), 6))
                        .isEqualTo(content);
            }
        }
    }

    @Test
    void refusesToReadAfterItWasClosed() throws IOException {
        Decoder decoder = decoder(InflaterKind.NATIVE, 10);
        assertThatThrownBy(() -> decoder.read(new byte[1], 0, 1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> decoder.next(new byte[1], 1)).isInstanceOf(IllegalStateException.class);
        decoder.close();
    }

    @Test
    void decodesManyEntriesAtOnce() throws Exception {
        byte[] content = content(3, 300_000);
        byte[] zip = ZipBytes.of(Entry.of("a", content, 8)).build();
        Thread[] threads = new Thread[4];
        byte[][] decoded = new byte[threads.length][];
        for (int t = 0; t < threads.length; t++) {
            int mine = t;
            threads[t] = new Thread(() -> {
                try (Archive archive = Archive.open(
                                new MemoryByteSource(zip, zip.length, 1 << 16),
                                ArchiveAssert.LIMITS,
                                InflaterKind.NATIVE);
                        EntryReader reader = archive.read(archive.entries().get(0))) {
                    byte[] all = new byte[content.length];
                    for (int n = 0; n < all.length; ) {
                        n += reader.read(all, n, all.length - n);
                    }
                    decoded[mine] = all;
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            threads[t].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(List.of(decoded)).containsOnly(content);
    }
}
