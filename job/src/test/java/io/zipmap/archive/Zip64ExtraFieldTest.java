package io.zipmap.archive;

import static io.zipmap.archive.ArchiveAssert.assertOpenFails;
import static io.zipmap.archive.ArchiveAssert.content;
import static io.zipmap.archive.ArchiveAssert.open;
import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.archive.ZipBytes.Entry;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class Zip64ExtraFieldTest {
    private static final byte[] CONTENT = {1, 2, 3, 4, 5, 6, 7};

    private static void assertReads(ZipBytes zip) throws IOException {
        try (Archive archive = open(zip.build())) {
            assertThat(content(archive, archive.entries().get(0))).isEqualTo(CONTENT);
        }
    }

    @Test
    void readsTheZip64EndRecord() throws IOException {
        ZipBytes zip = ZipBytes.of(Entry.of("a", CONTENT, 8));
        zip.zip64 = true;
        assertReads(zip);
        zip.comment = new byte[7];
        assertReads(zip);
    }

    /** IO-Compress writes 0x032D instead of 45: its host system in the upper byte. */
    @Test
    void readsAnEndRecordThatHasAHostInTheVersionNeeded() throws IOException {
        for (int host : new int[] {3, 10, 255}) {
            ZipBytes zip = ZipBytes.of(Entry.of("a", CONTENT, 8));
            zip.zip64 = true;
            zip.zip64Needs = host << 8 | 45;
            assertReads(zip);
        }
    }

    /** The last bytes of a name, extra field or comment may look like a locator. */
    @Test
    void readsADirectoryThatEndsLikeALocator() throws IOException {
        for (long told : new long[] {0, 1, -1, Long.MIN_VALUE, 1L << 40}) {
            byte[] locator =
                    new ZipBytes.Out().u32(0x07064b50).u32(0).i64(told).u32(1).done();
            Entry name = Entry.of("a", CONTENT, 8);
            name.name = name.localName =
                    new ZipBytes.Out().bytes(new byte[] {'a'}).bytes(locator).done();
            try (Archive archive = open(ZipBytes.of(name).build())) {
                assertThat(archive.entries()).hasSize(1);
            }
            Entry comment = Entry.of("a", CONTENT, 8);
            comment.comment = locator;
            assertReads(ZipBytes.of(comment));
            Entry extra = Entry.of("a", CONTENT, 8);
            extra.extra = ZipBytes.extra(0x9999, locator);
            assertReads(ZipBytes.of(extra));
        }
    }

    @Test
    void readsOnlyValuesWhoseFieldIsAllOnes() throws IOException {
        for (int which = 1; which < 8; which++) {
            Entry entry = Entry.of("a", CONTENT, 0);
            ZipBytes.Out numbers = new ZipBytes.Out();
            if ((which & 1) != 0) {
                numbers.i64(entry.size);
                entry.size = ZipBytes.ONES;
            }
            if ((which & 2) != 0) {
                numbers.i64(entry.compressed);
                entry.compressed = ZipBytes.ONES;
            }
            if ((which & 4) != 0) {
                numbers.i64(0);
                entry.offset = ZipBytes.ONES;
            }
            numbers.u32(0);
            entry.disk = 0xFFFF;
            entry.extra = new ZipBytes.Out()
                    .bytes(ZipBytes.extra(0x5455, new byte[5]))
                    .bytes(ZipBytes.extra(1, numbers.done()))
                    .done();
            assertReads(ZipBytes.of(entry));
        }
    }

    @Test
    void readsTheDiskFromTheZip64Field() {
        Entry entry = Entry.of("a", CONTENT, 0);
        entry.disk = 0xFFFF;
        entry.extra = ZipBytes.extra(1, new byte[] {3, 0, 0, 0});
        assertOpenFails(Condition.ARCHIVE_SPANNED, ZipBytes.of(entry).build());
    }

    @Test
    void refusesAFieldOfAllOnesWithoutItsValue() {
        Entry entry = Entry.of("a", CONTENT, 0);
        entry.size = ZipBytes.ONES;
        ZipmapException e =
                assertOpenFails(Condition.ARCHIVE_MALFORMED, ZipBytes.of(entry).build());
        assertThat(e.entry()).isEqualTo("a");
        entry.extra = ZipBytes.extra(1, new byte[7]);
        assertOpenFails(Condition.ARCHIVE_MALFORMED, ZipBytes.of(entry).build());
    }

    @Test
    void refusesValuesOf2To63AndMore() {
        Entry entry = Entry.of("a", CONTENT, 0);
        entry.size = ZipBytes.ONES;
        entry.extra = ZipBytes.extra(1, ZipBytes.longs(-1));
        ZipmapException e =
                assertOpenFails(Condition.ARCHIVE_MALFORMED, ZipBytes.of(entry).build());
        assertThat(e).hasMessageContaining("18446744073709551615");
    }

    @Test
    void refusesALocatorThatPointsNowhere() {
        ZipBytes zip = ZipBytes.of(Entry.of("a", CONTENT, 8));
        zip.zip64 = true;
        byte[] bytes = zip.build();
        bytes[bytes.length - 22 - 20 - 56] = 'X';
        assertOpenFails(Condition.ARCHIVE_MALFORMED, bytes);
    }

    @Test
    void refusesEndRecordsThatContradictEachOther() {
        ZipBytes zip = ZipBytes.of(Entry.of("a", CONTENT, 8));
        zip.zip64 = true;
        byte[] bytes = zip.build();
        bytes[bytes.length - 22 + 10] = 2;
        bytes[bytes.length - 22 + 11] = 0;
        ZipmapException e = assertOpenFails(Condition.ARCHIVE_MALFORMED, bytes);
        assertThat(e).hasMessageContaining("differ in the count; archive: mem:/a.zip; expected: 2; actual: 1");
    }
}
