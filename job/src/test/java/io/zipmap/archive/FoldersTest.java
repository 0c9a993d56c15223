package io.zipmap.archive;

import static io.zipmap.archive.ArchiveAssert.content;
import static io.zipmap.archive.ArchiveAssert.names;
import static io.zipmap.archive.ArchiveAssert.open;
import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.archive.ZipBytes.Entry;
import io.zipmap.archive.ZipBytes.Out;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which entries are folders, and that an entry with data is never skipped as a folder. */
class FoldersTest {
    private static final byte[] CONTENT = {1, 2, 3};
    private static final int FAT = 20;
    private static final int NTFS = 10 << 8 | 20;
    private static final int UNIX = 3 << 8 | 20;

    private static Entry empty(String name, int madeBy, long attributes) {
        Entry entry = Entry.of(name, new byte[0], 0);
        entry.madeBy = madeBy;
        entry.attributes = attributes;
        return entry;
    }

    private static boolean isLeftOut(Entry entry) throws IOException {
        try (Archive archive =
                open(ZipBytes.of(entry, Entry.of("b", CONTENT, 8)).build())) {
            assertThat(names(archive)).endsWith("b");
            return archive.entries().size() == 1;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "d/, 20, 0",
        "d/, 788, 0",
        "d\\, 20, 0",
        "d\\, 2580, 0",
        "d\\, 3604, 0",
        "d, 20, 16",
        "d, 2580, 48",
        "d\\e, 1556, 16"
    })
    void areRecognizedByNameOrAttributes(String name, int madeBy, long attributes) throws IOException {
        assertThat(isLeftOut(empty(name, madeBy, attributes))).isTrue();
    }

    @Test
    void areRecognizedByTheRawNameOfAUnicodePath() throws IOException {
        Entry folder = empty("d/", UNIX, 0);
        byte[] path = new Out()
                .bytes(new byte[] {1})
                .u32(ZipBytes.crc32(folder.name))
                .bytes("größe".getBytes(StandardCharsets.UTF_8))
                .done();
        folder.extra = ZipBytes.extra(0x7075, path);
        assertThat(isLeftOut(folder)).isTrue();
    }

    @Test
    void areDistinctFromEmptyFiles() throws IOException {
        assertThat(isLeftOut(empty("d", FAT, 32))).isFalse();
        assertThat(isLeftOut(empty("d\\", UNIX, 0))).isFalse();
        assertThat(isLeftOut(empty("d", UNIX, 0x81A40000L))).isFalse();
        assertThat(isLeftOut(empty("", FAT, 0))).isFalse();
        // From the corpus of zipdetails. Java, Python and commons-compress treat these two as files.
        assertThat(isLeftOut(empty("d", UNIX, 0x41FD0000L))).isFalse();
        assertThat(isLeftOut(empty("d", UNIX, 0x41FD0010L))).isFalse();
    }

    /** If it were skipped as a folder, its data would be lost without an error. */
    @ParameterizedTest
    @ValueSource(strings = {"d/", "d\\", "d"})
    void haveNoBytes(String name) throws IOException {
        Entry entry = Entry.of(name, CONTENT, 8);
        entry.madeBy = NTFS;
        entry.attributes = 16;
        try (Archive archive =
                open(ZipBytes.of(entry, Entry.of("b", CONTENT, 0)).build())) {
            assertThat(names(archive)).containsExactly(name, "b");
            ArchiveEntry first = archive.entries().get(0);
            assertThat(content(archive, first)).isEqualTo(CONTENT);
            assertThat(first.isFolderWithBytes()).isTrue();
            assertThat(archive.mayBeNpy(first)).isFalse();
            assertThat(archive.entries().get(1).isFolderWithBytes()).isFalse();
        }
    }

    @Test
    void withDataMayBeArraysOrUnreadable() throws IOException {
        Entry array = Entry.of("d/", new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1}, 8);
        Entry damaged = Entry.of("e/", CONTENT, 8);
        damaged.data[0] = 7;
        Entry short1 = Entry.of("f/", new byte[] {(byte) 0x93}, 0);
        try (Archive archive = open(ZipBytes.of(array, damaged, short1).build())) {
            assertThat(archive.mayBeNpy(archive.entries().get(0))).isTrue();
            assertThat(archive.mayBeNpy(archive.entries().get(1))).isTrue();
            assertThat(archive.mayBeNpy(archive.entries().get(2))).isFalse();
        }
    }

    @Test
    void areNotEntriesOfSizeZeroWithAChecksum() throws IOException {
        Entry entry = Entry.of("d/", CONTENT, 8);
        entry.size = 0;
        assertThat(isLeftOut(entry)).isFalse();
    }
}
