package io.zipmap.archive;

import static io.zipmap.archive.ArchiveAssert.assertFirstEntryFails;
import static io.zipmap.archive.ArchiveAssert.content;
import static io.zipmap.archive.ArchiveAssert.open;
import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.Condition;
import io.zipmap.archive.ZipBytes.Entry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ZipLocalHeaderTest {
    private static final byte[] CONTENT = {1, 2, 3, 4, 5, 6, 7};

    private static byte[] zip(Consumer<Entry> change) {
        Entry first = Entry.of("first", CONTENT, 8);
        change.accept(first);
        return ZipBytes.of(first, Entry.of("second", CONTENT, 0)).build();
    }

    private static void assertReads(byte[] bytes) throws IOException {
        try (Archive archive = open(bytes)) {
            for (ArchiveEntry entry : archive.entries()) {
                assertThat(content(archive, entry)).isEqualTo(CONTENT);
            }
        }
    }

    @Test
    void refusesAnOffsetWithoutALocalHeader() throws IOException {
        assertFirstEntryFails(Condition.ARCHIVE_MALFORMED, zip(e -> e.offset = 1_000_000L));
        assertFirstEntryFails(Condition.ARCHIVE_MALFORMED, zip(e -> e.offset = 0xFFFFFFFEL));
    }

    @Test
    void refusesAnEntryBehindTheDirectory() throws IOException {
        Entry hidden = Entry.of("a", CONTENT, 0);
        ZipBytes zip = ZipBytes.of(hidden);
        long comment = zip.build().length;
        zip.comment = ZipBytes.of(Entry.of("a", CONTENT, 0)).build();
        zip.comment[zip.comment.length - 22] = 'X';
        hidden.offset = comment;
        assertFirstEntryFails(Condition.ENTRIES_OVERLAP, zip.build());
    }

    @Test
    void refusesADifferentName() throws IOException {
        assertFirstEntryFails(
                Condition.ARCHIVE_MALFORMED, zip(e -> e.localName = "First".getBytes(StandardCharsets.US_ASCII)));
        assertFirstEntryFails(Condition.ARCHIVE_MALFORMED, zip(e -> {
            e.localName = "firs".getBytes(StandardCharsets.US_ASCII);
            e.descriptor = new byte[1];
        }));
        assertFirstEntryFails(
                Condition.ARCHIVE_MALFORMED, zip(e -> e.localName = "first.npy".getBytes(StandardCharsets.US_ASCII)));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void treatsBackslashesAsSlashesInEitherName() throws IOException {
        String[] local = {"a\\b\\c.npy", "a/b/c.npy", "a/b\\c.npy"};
        String[] directory = {"a/b/c.npy", "a\\b\\c.npy", "a\\b/c.npy"};
        for (int i = 0; i < local.length; i++) {
            byte[] localName = ascii(local[i]);
            byte[] name = ascii(directory[i]);
            assertReads(zip(e -> {
                e.localName = localName;
                e.name = name;
            }));
        }
        assertFirstEntryFails(Condition.ARCHIVE_MALFORMED, zip(e -> {
            e.localName = ascii("a\\b");
            e.name = ascii("a|b");
        }));
    }

    @Test
    void refusesADifferentMethod() throws IOException {
        assertFirstEntryFails(Condition.ARCHIVE_MALFORMED, zip(e -> e.localMethod = 0));
    }

    @Test
    void refusesDifferentSizesUnlessTheyFollowTheData() throws IOException {
        assertFirstEntryFails(Condition.ARCHIVE_MALFORMED, zip(e -> e.localSize++));
        assertFirstEntryFails(Condition.ARCHIVE_MALFORMED, zip(e -> e.localCompressed--));
        assertReads(zip(e -> {
            e.flags = e.localFlags = 1 << 3;
            e.localSize = e.localCompressed = e.localCrc = 0;
            e.descriptor = new byte[16];
        }));
    }

    @Test
    void acceptsSizesInTheZip64Field() throws IOException {
        assertReads(zip(e -> {
            e.localExtra = ZipBytes.extra(1, ZipBytes.longs(e.localSize, e.localCompressed));
            e.localSize = e.localCompressed = ZipBytes.ONES;
        }));
    }

    @Test
    void refusesDataThatOverlapsTheNextEntryAfterALongExtraField() throws IOException {
        byte[] bytes = zip(e -> e.localExtra = new byte[2]);
        bytes[28] = 40;
        assertFirstEntryFails(Condition.ENTRIES_OVERLAP, bytes);
    }
}
