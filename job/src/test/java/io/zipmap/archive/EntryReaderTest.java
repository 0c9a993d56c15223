package io.zipmap.archive;

import static io.zipmap.archive.ArchiveAssert.LIMITS;
import static io.zipmap.archive.ArchiveAssert.assertFails;
import static io.zipmap.archive.ArchiveAssert.assertFirstEntryFails;
import static io.zipmap.archive.ArchiveAssert.content;
import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.archive.ZipBytes.Entry;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class EntryReaderTest {
    private static final byte[] CONTENT = new byte[1000];

    static {
        for (int i = 0; i < CONTENT.length; i++) {
            CONTENT[i] = (byte) (i * i >>> 3);
        }
    }

    private static byte[] zip(int method, Consumer<Entry> change) {
        Entry first = Entry.of("first", CONTENT, method);
        change.accept(first);
        return ZipBytes.of(first, Entry.of("second", CONTENT, 8)).build();
    }

    @Test
    void refusesAWrongCrc() throws IOException {
        for (int method : new int[] {0, 8}) {
            ZipmapException e = assertFirstEntryFails(Condition.CRC_MISMATCH, zip(method, entry -> entry.crc ^= 1));
            assertThat(e).hasMessageContaining("expected: CRC-32 ").hasMessageContaining("actual: CRC-32 ");
        }
    }

    @Test
    void refusesEveryFlippedBitOfAStoredEntry() throws IOException {
        assertFirstEntryFails(Condition.CRC_MISMATCH, zip(0, entry -> {
            entry.data = entry.data.clone();
            entry.data[entry.data.length - 1] ^= 64;
        }));
    }

    @Test
    void refusesFewerBytesThanDeclared() throws IOException {
        ZipmapException e = assertFirstEntryFails(Condition.SIZE_MISMATCH, zip(8, entry -> {
            entry.size++;
            entry.localSize++;
        }));
        assertThat(e).hasMessageContaining("expected: 1001 bytes; actual: 1000 bytes");
    }

    @Test
    void refusesMoreBytesThanDeclaredAndNeverReturnsThem() throws IOException {
        ZipmapException e = assertFirstEntryFails(Condition.SIZE_MISMATCH, zip(8, entry -> {
            entry.size = 10;
            entry.localSize = 10;
            entry.crc = ZipBytes.crc32(Arrays.copyOf(CONTENT, 10));
        }));
        assertThat(e).hasMessageContaining("expected: 10 bytes; actual: at least 11 bytes");
    }

    @Test
    void refusesAStoredEntryWhoseSizesDiffer() throws IOException {
        assertFirstEntryFails(Condition.SIZE_MISMATCH, zip(0, entry -> {
            entry.size--;
            entry.localSize--;
        }));
    }

    @Test
    void refusesADeflateStreamThatIsCut() throws IOException {
        ZipmapException e = assertFirstEntryFails(Condition.ENTRY_TRUNCATED, zip(8, entry -> {
            entry.compressed -= 5;
            entry.localCompressed -= 5;
        }));
        assertThat(e).hasMessageContaining("the end of a deflate stream");
        assertFirstEntryFails(Condition.ENTRY_TRUNCATED, zip(8, entry -> {
            entry.compressed = 0;
            entry.localCompressed = 0;
        }));
    }

    @Test
    void refusesADeflateStreamThatIsDamaged() throws IOException {
        assertFirstEntryFails(Condition.DATA_CORRUPT, zip(8, entry -> entry.data[0] = 7));
    }

    @Test
    void keepsFailingWhenReadAgain() throws IOException {
        try (Archive archive = ArchiveAssert.open(zip(0, entry -> entry.crc ^= 1));
                EntryReader reader = archive.read(archive.entries().get(0))) {
            byte[] all = new byte[CONTENT.length];
            for (int n = 0; n < all.length; ) {
                n += reader.read(all, n, all.length - n);
            }
            assertFails(Condition.CRC_MISMATCH, () -> reader.read(all, 0, 1));
            assertFails(Condition.CRC_MISMATCH, () -> reader.read(all, 0, 1));
        }
    }

    @Test
    void reportsAnArchiveThatIsTruncatedWhileItIsRead() throws IOException {
        byte[] whole = MemoryByteSource.tooLargeToBuffer(zip(0, entry -> {}));
        AtomicBoolean cut = new AtomicBoolean();
        MemoryByteSource source = new MemoryByteSource(whole) {
            @Override
            public int read(long position, byte[] into, int offset, int count) {
                return cut.get() && position >= 500 ? -1 : super.read(position, into, offset, count);
            }
        };
        try (Archive archive = Archive.open(source, LIMITS)) {
            cut.set(true);
            ZipmapException e = assertFails(
                    Condition.ENTRY_TRUNCATED,
                    () -> content(archive, archive.entries().get(0)));
            assertThat(e).hasMessageContaining("expected: 1000 bytes");
        }
    }

    @Test
    void countsTheCompressedBytesThatWereRead() throws IOException {
        try (Archive archive = ArchiveAssert.open(zip(8, entry -> {}));
                EntryReader reader = archive.read(archive.entries().get(0))) {
            byte[] buffer = new byte[CONTENT.length];
            while (reader.read(buffer, 0, buffer.length) >= 0) {
                // to the end
            }
            assertThat(reader.compressedBytesRead())
                    .isEqualTo(archive.entries().get(0).compressedSize());
            assertThat(reader.crc32()).isEqualTo(ZipBytes.crc32(CONTENT));
        }
    }

    @Test
    void decodesThroughOneInputBufferHoweverLargeTheEntry() throws IOException {
        byte[] noise = new byte[300_000];
        new Random(1).nextBytes(noise);
        byte[] bytes = ZipBytes.of(Entry.of("noise", noise, 8)).build();
        try (Archive archive = Archive.open(new MemoryByteSource(bytes, bytes.length, 1 << 20), LIMITS)) {
            assertThat(archive.entries().get(0).compressedSize()).isGreaterThan(1 << 16);
            assertThat(content(archive, archive.entries().get(0))).isEqualTo(noise);
        }
    }
}
