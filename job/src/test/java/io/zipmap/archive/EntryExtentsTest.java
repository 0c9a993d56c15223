package io.zipmap.archive;

import static io.zipmap.archive.ArchiveAssert.assertFirstEntryFails;
import static io.zipmap.archive.ArchiveAssert.assertOpenFails;
import static io.zipmap.archive.ArchiveAssert.content;
import static io.zipmap.archive.ArchiveAssert.open;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.archive.ZipBytes.Entry;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class EntryExtentsTest {
    private static final byte[] CONTENT = {1, 2, 3, 4, 5, 6, 7};

    private static Entry again(String name) {
        Entry again = Entry.of(name, CONTENT, 0);
        again.offset = 0L;
        return again;
    }

    private static void assertReadsOnly(int readable, Entry... entries) throws IOException {
        try (Archive archive = open(ZipBytes.of(entries).build())) {
            for (ArchiveEntry entry : archive.entries()) {
                if (entry.index() == readable || entry.name().equals("other")) {
                    assertThat(content(archive, entry)).isEqualTo(CONTENT);
                } else {
                    ZipmapException e = catchThrowableOfType(ZipmapException.class, () -> content(archive, entry));
                    assertThat(e.condition()).isIn(Condition.ENTRIES_OVERLAP, Condition.ARCHIVE_MALFORMED);
                }
            }
        }
    }

    @Test
    void readsOnlyTheLastEntryOfOneNameAndLocalHeader() throws IOException {
        Entry a = Entry.of("a", CONTENT, 0);
        Entry other = Entry.of("other", CONTENT, 8);
        assertReadsOnly(1, a, again("a"), other);
        assertReadsOnly(3, a, other, again("a"), again("a"));
        assertReadsOnly(0, a, again("b"), other);
        assertReadsOnly(2, a, again("b"), again("a"), again("b"), other);
        Entry backslash = Entry.of("a\\b", CONTENT, 0);
        assertReadsOnly(1, backslash, again("a/b"), other);
    }

    @Test
    void namesTheSharedLocalHeader() throws IOException {
        byte[] zip = ZipBytes.of(Entry.of("a", CONTENT, 0), again("a")).build();
        assertThat(assertFirstEntryFails(Condition.ENTRIES_OVERLAP, zip))
                .hasMessageContaining(
                        "shares its bytes with a later entry; archive: mem:/a.zip; entry: a; expected: one "
                                + "entry for the"
                                + " local header at offset 0");
    }

    @Test
    void refusesTheArchiveIfAnEntryWithASharedHeaderOverlapsTheNext() {
        for (boolean first : new boolean[] {true, false}) {
            Entry a = Entry.of("a", CONTENT, 0);
            Entry b = again("a");
            (first ? a : b).compressed++;
            assertOpenFails(
                    Condition.ENTRIES_OVERLAP,
                    ZipBytes.of(a, Entry.of("other", CONTENT, 8), b).build());
        }
    }

    @Test
    void refusesAnEntryThatStartsInsideAnother() {
        byte[] nested = ZipBytes.of(Entry.of("inner", CONTENT, 0)).build();
        Entry inner = Entry.of("inner", CONTENT, 0);
        inner.offset = 30L + "outer".length();
        ZipBytes zip = ZipBytes.of(Entry.of("outer", nested, 0), inner);
        assertThat(assertOpenFails(Condition.ENTRIES_OVERLAP, zip.build()).entry())
                .isEqualTo("outer");
    }

    @Test
    void refusesAnEntryThatOverlapsTheNextByOneByte() {
        Entry first = Entry.of("a", CONTENT, 0);
        first.compressed++;
        ZipBytes zip = ZipBytes.of(first, Entry.of("b", CONTENT, 0));
        ZipmapException e = assertOpenFails(Condition.ENTRIES_OVERLAP, zip.build());
        assertThat(e).hasMessageContaining("expected: to end at or before 38, where b begins; actual: ends at 39");
    }

    @Test
    void refusesAnEntryThatOverlapsTheDirectory() {
        Entry only = Entry.of("a", CONTENT, 0);
        only.compressed++;
        assertOpenFails(Condition.ENTRIES_OVERLAP, ZipBytes.of(only).build());
        only.compressed = 0xFFFFFFFEL;
        assertOpenFails(Condition.ENTRIES_OVERLAP, ZipBytes.of(only).build());
    }

    @Test
    void refusesASizeWhoseEndOverflows() {
        Entry only = Entry.of("a", CONTENT, 0);
        only.extra = ZipBytes.extra(1, ZipBytes.longs(Long.MAX_VALUE));
        only.compressed = ZipBytes.ONES;
        assertOpenFails(Condition.ENTRIES_OVERLAP, ZipBytes.of(only).build());
    }

    @Test
    void countsFoldersToo() {
        Entry folder = Entry.of("d/", CONTENT, 0);
        folder.compressed++;
        assertOpenFails(
                Condition.ENTRIES_OVERLAP,
                ZipBytes.of(folder, Entry.of("b", CONTENT, 0)).build());
    }

    @Test
    void allowsEntriesInAnotherOrderThanTheDirectoryWithGaps() throws IOException {
        Entry a = Entry.of("a", CONTENT, 0);
        Entry b = Entry.of("b", CONTENT, 0);
        a.descriptor = new byte[11];
        a.offset = 0L;
        b.offset = 31L + CONTENT.length + 11;
        byte[] forward = ZipBytes.of(a, b).build();
        a.offset = b.offset;
        b.offset = 0L;
        byte[] crossed = ZipBytes.of(a, b).build();
        try (Archive one = open(forward)) {
            assertThat(one.entries()).hasSize(2);
        }
        try (Archive two = open(crossed)) {
            assertThat(two.entries()).hasSize(2);
        }
    }
}
