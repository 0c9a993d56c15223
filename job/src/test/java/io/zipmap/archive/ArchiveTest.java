package io.zipmap.archive;

import static io.zipmap.archive.ArchiveAssert.LIMITS;
import static io.zipmap.archive.ArchiveAssert.assertFails;
import static io.zipmap.archive.ArchiveAssert.assertFirstEntryFails;
import static io.zipmap.archive.ArchiveAssert.assertOpenFails;
import static io.zipmap.archive.ArchiveAssert.content;
import static io.zipmap.archive.ArchiveAssert.names;
import static io.zipmap.archive.ArchiveAssert.open;
import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.archive.ZipBytes.Entry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ArchiveTest {
    private static final byte[] HELLO = "hello hello hello hello".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] OTHER = {1, 2, 3, 4};

    private static ZipBytes two() {
        return ZipBytes.of(Entry.of("a", HELLO, 8), Entry.of("b", OTHER, 0));
    }

    private static void assertReadsTwo(byte[] bytes) throws IOException {
        try (Archive archive = open(bytes)) {
            assertThat(names(archive)).containsExactly("a", "b");
            assertThat(content(archive, archive.entries().get(0))).isEqualTo(HELLO);
            assertThat(content(archive, archive.entries().get(1))).isEqualTo(OTHER);
        }
    }

    @Test
    void readsStoredAndDeflatedEntriesInTheOrderOfTheDirectory() throws IOException {
        assertReadsTwo(two().build());
        try (Archive archive = open(two().build())) {
            ArchiveEntry a = archive.entries().get(0);
            assertThat(a.index()).isZero();
            assertThat(a.method()).isEqualTo(8);
            assertThat(a.methodName()).isEqualTo("deflate");
            assertThat(a.isStored()).isFalse();
            assertThat(a.size()).isEqualTo(HELLO.length);
            assertThat(a.compressedSize()).isEqualTo(ZipBytes.deflate(HELLO).length);
            assertThat(a.crc32()).hasValue(ZipBytes.crc32(HELLO));
            assertThat(archive.ref().uri()).isEqualTo("mem:/a.zip");
        }
    }

    @Test
    void readsEntriesInAnyOrderAndTogether() throws IOException {
        try (Archive archive = open(two().build());
                EntryReader b = archive.read(archive.entries().get(1));
                EntryReader a = archive.read(archive.entries().get(0))) {
            byte[] one = new byte[1];
            assertThat(b.read(one, 0, 1)).isEqualTo(1);
            assertThat(one[0]).isEqualTo(OTHER[0]);
            assertThat(a.read(one, 0, 1)).isEqualTo(1);
            assertThat(one[0]).isEqualTo(HELLO[0]);
            assertThat(b.read(one, 0, 0)).isZero();
            assertThat(b.read(one, 0, 1)).isEqualTo(1);
            assertThat(one[0]).isEqualTo(OTHER[1]);
        }
    }

    @Test
    void readsAnEmptyArchiveAndAnEmptyEntry() throws IOException {
        try (Archive archive = open(ZipBytes.of().build())) {
            assertThat(archive.entries()).isEmpty();
        }
        for (int method : new int[] {0, 8}) {
            try (Archive archive =
                    open(ZipBytes.of(Entry.of("e", new byte[0], method)).build())) {
                assertThat(content(archive, archive.entries().get(0))).isEmpty();
            }
        }
    }

    @Test
    void omitsFoldersButCountsThem() throws IOException {
        byte[] bytes = ZipBytes.of(Entry.of("d/", new byte[0], 0), Entry.of("d/a", OTHER, 0))
                .build();
        try (Archive archive = open(bytes)) {
            assertThat(names(archive)).containsExactly("d/a");
            assertThat(archive.entries().get(0).index()).isEqualTo(1);
        }
    }

    @Test
    void keepsEntriesOfTheSameNameApart() throws IOException {
        try (Archive archive = open(
                ZipBytes.of(Entry.of("a", HELLO, 8), Entry.of("a", OTHER, 0)).build())) {
            assertThat(content(archive, archive.entries().get(0))).isEqualTo(HELLO);
            assertThat(content(archive, archive.entries().get(1))).isEqualTo(OTHER);
        }
    }

    @Test
    void readsABareNpyFileAsAnArchiveOfOne() throws IOException {
        byte[] npy = Arrays.copyOf(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0}, 30);
        try (Archive archive = open(npy)) {
            assertThat(archive.entries()).hasSize(1);
            ArchiveEntry entry = archive.entries().get(0);
            assertThat(entry.name()).isNull();
            assertThat(entry.isStored()).isTrue();
            assertThat(entry.size()).isEqualTo(30);
            assertThat(entry.compressedSize()).isEqualTo(30);
            assertThat(entry.crc32()).isEmpty();
            assertThat(archive.dataOffset(entry)).isZero();
            assertThat(content(archive, entry)).isEqualTo(npy);
        }
    }

    @Test
    void refusesAFileThatIsNoArchive() {
        assertOpenFails(Condition.NOT_AN_ARCHIVE, new byte[0]);
        assertOpenFails(Condition.NOT_AN_ARCHIVE, new byte[] {1});
        assertOpenFails(
                Condition.NOT_AN_ARCHIVE, "some text, longer than an end record".getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void refusesAnArchiveCutAnywhere() {
        byte[] whole = two().build();
        for (int length = 4; length < whole.length; length++) {
            assertOpenFails(Condition.ARCHIVE_TRUNCATED, Arrays.copyOf(whole, length));
        }
    }

    @Test
    void refusesAFileThatBecameShorterSinceItWasListed() {
        byte[] whole = two().build();
        MemoryByteSource source = new MemoryByteSource(Arrays.copyOf(whole, 40), whole.length, 5);
        assertFails(Condition.ARCHIVE_TRUNCATED, () -> Archive.open(source, LIMITS));
        assertThat(source.closed).isTrue();
    }

    @Test
    void closesItsSource() throws IOException {
        MemoryByteSource source = new MemoryByteSource(two().build());
        Archive.open(source, LIMITS).close();
        assertThat(source.closed).isTrue();
    }

    @Test
    void readsCommentsEvenTheLongest() throws IOException {
        ZipBytes zip = two();
        zip.comment = new byte[0xFFFF];
        zip.entries.get(0).comment = new byte[0xFFFF];
        assertReadsTwo(zip.build());
    }

    @Test
    void refusesACommentThatRunsPastTheEnd() {
        ZipBytes zip = two();
        zip.comment = new byte[] {'x', 'y'};
        zip.commentLengthBy = 1;
        ZipmapException e = assertOpenFails(Condition.ARCHIVE_MALFORMED, zip.build());
        assertThat(e).hasMessageContaining("expected: 3 bytes; actual: 2 bytes");
    }

    @Test
    void ignoresAnEndRecordInsideAComment() throws IOException {
        ZipBytes zip = two();
        zip.comment = Arrays.copyOf(new byte[] {'P', 'K', 5, 6}, 40);
        assertReadsTwo(zip.build());
    }

    @Test
    void readsPastTrailingBytes() throws IOException {
        ZipBytes zip = two();
        zip.trailing = new byte[1000];
        assertReadsTwo(zip.build());
    }

    @Test
    void findsOffsetsRelativeToPrependedBytes() throws IOException {
        ZipBytes zip = two();
        zip.prefix = "#!/bin/sh\n".getBytes(StandardCharsets.US_ASCII);
        assertReadsTwo(zip.build());
        zip.zip64 = true;
        assertReadsTwo(zip.build());
    }

    @Test
    void readsBetweenPrependedAndTrailingBytes() throws IOException {
        for (boolean zip64 : new boolean[] {false, true}) {
            ZipBytes zip = two();
            zip.zip64 = zip64;
            zip.prefix = new byte[70_000];
            zip.trailing = new byte[1_000];
            zip.comment = new byte[] {'c'};
            assertReadsTwo(zip.build());
        }
    }

    @Test
    void keepsOffsetsIfTheDirectoryIsWhereTheyPoint() throws IOException {
        ZipBytes zip = two();
        zip.afterDirectory = new byte[9];
        assertReadsTwo(zip.build());
    }

    @Test
    void readsADigitalSignatureAtTheEndOfTheDirectory() throws IOException {
        ZipBytes zip = two();
        zip.afterDirectory = new byte[] {'P', 'K', 5, 5, 3, 0, 7, 7, 7};
        zip.sizeBy = 9;
        assertReadsTwo(zip.build());
        zip.afterDirectory = new byte[] {'P', 'K', 5, 5, 2, 0, 7, 7, 7};
        assertOpenFails(Condition.ARCHIVE_MALFORMED, zip.build());
        zip.afterDirectory = new byte[] {'P', 'K', 5, 5, 4, 0, 7, 7, 7};
        assertOpenFails(Condition.ARCHIVE_MALFORMED, zip.build());
    }

    @Test
    void refusesADirectoryThatIsNotWhereTheEndRecordSays() {
        ZipBytes zip = two();
        zip.offsetBy = 1;
        assertOpenFails(Condition.ARCHIVE_MALFORMED, zip.build());
        zip.offsetBy = 0;
        zip.sizeBy = 1;
        assertOpenFails(Condition.ARCHIVE_MALFORMED, zip.build());
        zip.sizeBy = -1;
        assertOpenFails(Condition.ARCHIVE_MALFORMED, zip.build());
        zip.sizeBy = 1_000_000;
        assertOpenFails(Condition.ARCHIVE_MALFORMED, zip.build());
    }

    @Test
    void refusesADirectoryWithAWrongCount() {
        ZipBytes zip = two();
        zip.countBy = 1;
        ZipmapException e = assertOpenFails(Condition.ARCHIVE_MALFORMED, zip.build());
        assertThat(e).hasMessageContaining("expected: 3; actual: 2");
        zip.countBy = -1;
        assertOpenFails(Condition.ARCHIVE_MALFORMED, zip.build());
        zip.zip64 = true;
        assertOpenFails(Condition.ARCHIVE_MALFORMED, zip.build());
    }

    @Test
    void readsMoreEntriesThanTheEndRecordCanCount() throws IOException {
        ZipBytes zip = new ZipBytes();
        for (int i = 0; i < 133_000; i++) {
            zip.entries.add(Entry.of("e" + i, new byte[0], 0));
        }
        byte[] bytes = zip.build();
        try (Archive archive = Archive.open(new MemoryByteSource(bytes, bytes.length, 1 << 20), LIMITS)) {
            assertThat(archive.entries()).hasSize(133_000);
            assertThat(names(archive)).endsWith("e132998", "e132999");
            assertThat(content(archive, archive.entries().get(132_999))).isEmpty();
        }
        zip.countBy = 1;
        byte[] miscounted = zip.build();
        assertFails(
                Condition.ARCHIVE_MALFORMED,
                () -> Archive.open(new MemoryByteSource(miscounted, miscounted.length, 1 << 20), LIMITS));
    }

    /** APPNOTE 4.3.9: CRC-32 and sizes behind the data, 4 or 8 bytes each, with and without a signature. */
    @Test
    void readsDataDescriptorsOfEveryForm() throws IOException {
        for (int method : new int[] {0, 8}) {
            for (boolean signature : new boolean[] {true, false}) {
                for (boolean wide : new boolean[] {true, false}) {
                    ZipBytes zip = ZipBytes.of(Entry.of("a", HELLO, method), Entry.of("b", OTHER, 0));
                    Entry first = zip.entries.get(0);
                    ZipBytes.Out out = new ZipBytes.Out();
                    if (signature) {
                        out.u32(0x08074b50);
                    }
                    out.u32(first.crc);
                    if (wide) {
                        out.i64(first.compressed).i64(first.size);
                    } else {
                        out.u32(first.compressed).u32(first.size);
                    }
                    first.descriptor = out.done();
                    first.flags = first.localFlags = 1 << 3;
                    first.localCrc = first.localSize = first.localCompressed = 0;
                    assertReadsTwo(zip.build());
                }
            }
        }
    }

    @Test
    void refusesSplitArchives() {
        ZipBytes zip = two();
        zip.disk = 1;
        assertOpenFails(Condition.ARCHIVE_SPANNED, zip.build());
        zip.zip64 = true;
        assertOpenFails(Condition.ARCHIVE_SPANNED, zip.build());
        zip = two();
        zip.entries.get(1).disk = 2;
        assertOpenFails(Condition.ARCHIVE_SPANNED, zip.build());
        assertOpenFails(Condition.ARCHIVE_SPANNED, new byte[] {'P', 'K', 7, 8, 'P', 'K', 3, 4});
    }

    @Test
    void reportsDifferentCountsInsteadOfASplitArchive() {
        for (boolean zip64 : new boolean[] {false, true}) {
            for (int by : new int[] {-2, -1, 1}) {
                ZipBytes zip = two();
                zip.zip64 = zip64;
                zip.countHereBy = by;
                assertThat(assertOpenFails(Condition.ARCHIVE_MALFORMED, zip.build()))
                        .hasMessageContaining(
                                "expected: 2 entries, all of them on this disk; actual: " + (2 + by) + " entries");
            }
        }
    }

    @Test
    void refusesASymbolicLinkButNotAnotherUnixMode() throws IOException {
        ZipBytes zip = two();
        zip.entries.get(0).madeBy = 3 << 8 | 20;
        zip.entries.get(0).attributes = 0120777L << 16;
        assertFirstEntryFails(Condition.ENTRY_IS_SYMLINK, zip.build());
        zip.entries.get(0).madeBy = 19 << 8 | 20;
        assertFirstEntryFails(Condition.ENTRY_IS_SYMLINK, zip.build());
        zip.entries.get(0).name = new byte[] {'/'};
        zip.entries.get(0).localName = new byte[] {'/'};
        assertFirstEntryFails(Condition.ENTRY_IS_SYMLINK, zip.build());
        zip = two();
        zip.entries.get(0).madeBy = 3 << 8 | 20;
        zip.entries.get(0).attributes = 0010644L << 16;
        assertReadsTwo(zip.build());
    }

    @Test
    void refusesEncryptedEntries() throws IOException {
        for (int flags : new int[] {1, 1 << 6, 1 << 13, 1 | 1 << 3}) {
            ZipBytes zip = two();
            zip.entries.get(0).flags = flags;
            assertFirstEntryFails(Condition.ENTRY_ENCRYPTED, zip.build());
        }
        ZipBytes zip = two();
        zip.entries.get(0).method = 99;
        assertFirstEntryFails(Condition.ENTRY_ENCRYPTED, zip.build());
    }

    @Test
    void refusesAnEncryptedDirectoryByName() {
        ZipBytes zip = two();
        zip.zip64 = true;
        zip.zip64Needs = 62;
        assertOpenFails(Condition.ENTRY_ENCRYPTED, zip.build());
    }

    @Test
    void namesTheMethodThatItCannotRead() throws IOException {
        for (int method : new int[] {1, 2, 6, 10, 18, 19, 96, 97, 98, 255}) {
            ZipBytes zip = two();
            zip.entries.get(0).method = method;
            zip.entries.get(0).localMethod = method;
            ZipmapException e = assertFirstEntryFails(Condition.METHOD_UNSUPPORTED, zip.build());
            assertThat(e).hasMessageContaining(method + " (" + CompressionMethods.name(method) + ")");
        }
    }

    @Test
    void givesTheDataOffsetOfStoredEntriesOnly() throws IOException {
        ZipBytes zip = two();
        zip.entries.get(1).localExtra = ZipBytes.extra(0xD935, new byte[33]);
        byte[] bytes = zip.build();
        try (Archive archive = open(bytes)) {
            ArchiveEntry stored = archive.entries().get(1);
            int offset = (int) archive.dataOffset(stored);
            assertThat(Arrays.copyOfRange(bytes, offset, offset + OTHER.length)).isEqualTo(OTHER);
            ArchiveEntry deflated = archive.entries().get(0);
            assertFails(Condition.IN_PLACE_IMPOSSIBLE, () -> archive.dataOffset(deflated));
        }
    }

    @Test
    void givesNoDataOffsetOfAnUnreadableEntry() throws IOException {
        ZipBytes zip = ZipBytes.of(Entry.of("a", OTHER, 0));
        zip.entries.get(0).flags = 1;
        try (Archive archive = open(zip.build())) {
            assertFails(
                    Condition.ENTRY_ENCRYPTED,
                    () -> archive.dataOffset(archive.entries().get(0)));
        }
    }

    @Test
    void namesTheFormatOfAFileThatIsNoArchive() throws IOException {
        byte[] gzip = {0x1F, (byte) 0x8B, 8, 0, 0, 0};
        assertThat(assertOpenFails(Condition.NOT_AN_ARCHIVE, gzip))
                .hasMessageContaining("actual: a gzip file. Unpack it first.");
        assertThat(assertOpenFails(Condition.NOT_AN_ARCHIVE, new byte[0]))
                .hasMessageContaining("actual: an empty file");
        byte[] zip = two().build();
        byte[] tar = Arrays.copyOf("a.zip".getBytes(StandardCharsets.US_ASCII), 512 + zip.length);
        System.arraycopy(zip, 0, tar, 512, zip.length);
        assertReadsTwo(tar);
        System.arraycopy("ustar".getBytes(StandardCharsets.US_ASCII), 0, tar, 257, 5);
        assertThat(assertOpenFails(Condition.NOT_AN_ARCHIVE, tar)).hasMessageContaining("actual: a tar file.");
    }
}
