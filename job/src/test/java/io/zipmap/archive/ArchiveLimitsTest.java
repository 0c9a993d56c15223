package io.zipmap.archive;

import static io.zipmap.archive.ArchiveAssert.assertFails;
import static io.zipmap.archive.ArchiveAssert.content;
import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.archive.ZipBytes.Entry;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ArchiveLimitsTest {
    private static final byte[] FIVE = {1, 2, 3, 4, 5};
    private static final byte[] THREE = {1, 2, 3};

    private static MemoryByteSource two() {
        return new MemoryByteSource(
                ZipBytes.of(Entry.of("a", FIVE, 8), Entry.of("b", THREE, 0)).build());
    }

    @Test
    void refusesOnlyTheEntryThatIsTooLarge() throws IOException {
        try (Archive archive = Archive.open(two(), new ArchiveLimits(4, 100, 10))) {
            ZipmapException e = assertFails(
                    Condition.LIMIT_ENTRY_BYTES,
                    () -> archive.read(archive.entries().get(0)));
            assertThat(e.entry()).isEqualTo("a");
            assertThat(e)
                    .hasMessageContaining("expected: at most 4; actual: 5")
                    .hasMessageContaining("--max-entry-bytes");
            assertThat(content(archive, archive.entries().get(1))).isEqualTo(THREE);
        }
        try (Archive archive = Archive.open(two(), new ArchiveLimits(5, 8, 2))) {
            assertThat(content(archive, archive.entries().get(0))).isEqualTo(FIVE);
        }
    }

    @Test
    void refusesAnArchiveThatDeclaresTooMuchBeforeDecoding() {
        MemoryByteSource source = two();
        assertFails(Condition.LIMIT_ARCHIVE_BYTES, () -> Archive.open(source, new ArchiveLimits(100, 7, 10)));
        assertThat(source.closed).isTrue();
    }

    @Test
    void addsDeclaredSizesWithoutOverflow() {
        Entry a = Entry.of("a", FIVE, 8);
        Entry b = Entry.of("b", FIVE, 8);
        a.size = b.size = ZipBytes.ONES;
        a.extra = b.extra = ZipBytes.extra(1, ZipBytes.longs(Long.MAX_VALUE));
        byte[] bytes = ZipBytes.of(a, b).build();
        assertFails(
                Condition.LIMIT_ARCHIVE_BYTES,
                () -> Archive.open(new MemoryByteSource(bytes), new ArchiveLimits(1, Long.MAX_VALUE - 1, 10)));
    }

    @Test
    void refusesTooManyEntriesWhateverTheEndRecordCounts() {
        ArchiveLimits one = new ArchiveLimits(100, 100, 1);
        assertFails(Condition.LIMIT_ENTRIES, () -> Archive.open(two(), one));
        ZipBytes zip = ZipBytes.of(Entry.of("a", FIVE, 8), Entry.of("d/", new byte[0], 0));
        zip.countBy = -1;
        assertFails(Condition.LIMIT_ENTRIES, () -> Archive.open(new MemoryByteSource(zip.build()), one));
    }

    @Test
    void countsHeadersNotBytes() throws IOException {
        Entry a = Entry.of("a", FIVE, 8);
        a.comment = new byte[500];
        byte[] bytes = ZipBytes.of(a).build();
        try (Archive archive = Archive.open(new MemoryByteSource(bytes), new ArchiveLimits(100, 100, 1))) {
            assertThat(archive.entries()).hasSize(1);
        }
    }

    @Test
    void refusesADirectoryWhoseNamesWouldFillTheHeap() {
        ZipBytes zip = new ZipBytes();
        for (int i = 0; i < 20; i++) {
            zip.entries.add(Entry.of("n".repeat(60_000) + i, FIVE, 0));
        }
        byte[] bytes = zip.build();
        ArchiveLimits limits = new ArchiveLimits(100, 100, 20);
        ZipmapException e = assertFails(
                Condition.LIMIT_ENTRIES,
                () -> Archive.open(new MemoryByteSource(bytes, bytes.length, 1 << 20), limits));
        assertThat(e).hasMessageContaining("512 bytes for each");
    }

    @Test
    void appliesToABareArrayToo() throws IOException {
        byte[] npy = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
        assertFails(
                Condition.LIMIT_ARCHIVE_BYTES,
                () -> Archive.open(new MemoryByteSource(npy), new ArchiveLimits(100, 7, 10)));
        try (Archive archive = Archive.open(new MemoryByteSource(npy), new ArchiveLimits(7, 8, 1))) {
            ZipmapException e = assertFails(
                    Condition.LIMIT_ENTRY_BYTES,
                    () -> archive.read(archive.entries().get(0)));
            assertThat(e.entry()).isNull();
        }
    }
}
