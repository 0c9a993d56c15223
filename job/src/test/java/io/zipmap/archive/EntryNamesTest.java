package io.zipmap.archive;

import static io.zipmap.archive.ArchiveAssert.assertFirstEntryFails;
import static io.zipmap.archive.ArchiveAssert.content;
import static io.zipmap.archive.ArchiveAssert.names;
import static io.zipmap.archive.ArchiveAssert.open;
import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.Condition;
import io.zipmap.archive.ZipBytes.Entry;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EntryNamesTest {
    private static final int UTF8 = 1 << 11;

    private static String nameOf(byte[] raw, int flags, byte[] extra) throws IOException {
        Entry entry = Entry.of("", new byte[] {1}, 0);
        entry.name = raw;
        entry.localName = raw;
        entry.flags = flags;
        entry.extra = extra;
        try (Archive archive = open(ZipBytes.of(entry).build())) {
            assertThat(content(archive, archive.entries().get(0))).containsExactly(1);
            return names(archive).get(0);
        }
    }

    private static byte[] unicodePath(byte[] raw, String name) {
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        return ZipBytes.extra(
                0x7075,
                new ZipBytes.Out()
                        .bytes(new byte[] {1})
                        .u32(ZipBytes.crc32(raw))
                        .bytes(utf8)
                        .done());
    }

    @Test
    void readsUtf8WithTheFlag() throws IOException {
        assertThat(nameOf("größe/数".getBytes(StandardCharsets.UTF_8), UTF8, new byte[0]))
                .isEqualTo("größe/数");
    }

    @Test
    void readsCp437WithoutTheFlag() throws IOException {
        assertThat(nameOf(new byte[] {'g', 'r', (byte) 0x94, (byte) 0xE1, 'e'}, 0, new byte[0]))
                .isEqualTo("größe");
    }

    @Test
    void decodesCp437AsTheJdkDoes() throws IOException {
        byte[] upper = new byte[128];
        for (int i = 0; i < 128; i++) {
            upper[i] = (byte) (i + 128);
        }
        assertThat(nameOf(upper, 0, new byte[0])).isEqualTo(new String(upper, Charset.forName("IBM437")));
    }

    @Test
    void decodesInvalidUtf8ToDistinctNames() throws IOException {
        Set<String> seen = new HashSet<>();
        for (int b = 0x80; b < 0x100; b++) {
            assertThat(seen.add(nameOf(new byte[] {'a', (byte) b}, UTF8, new byte[0])))
                    .isTrue();
        }
    }

    @Test
    void readsAnEmptyName() throws IOException {
        assertThat(nameOf(new byte[0], 0, new byte[0])).isEmpty();
    }

    @Test
    void prefersTheUnicodePathOfTheSameName() throws IOException {
        byte[] raw = {'?', '?'};
        assertThat(nameOf(raw, 0, unicodePath(raw, "数数"))).isEqualTo("数数");
    }

    @Test
    void ignoresAUnicodePathOfAnotherNameOrVersionOrEncoding() throws IOException {
        byte[] raw = {'?', '?'};
        assertThat(nameOf(raw, 0, unicodePath(new byte[] {'x'}, "数数"))).isEqualTo("??");
        byte[] version = unicodePath(raw, "数数");
        version[4] = 2;
        assertThat(nameOf(raw, 0, version)).isEqualTo("??");
        byte[] broken = unicodePath(raw, "数数");
        broken[broken.length - 1] = 'x';
        assertThat(nameOf(raw, 0, broken)).isEqualTo("??");
        assertThat(nameOf(raw, 0, ZipBytes.extra(0x7075, new byte[] {1, 2, 3}))).isEqualTo("??");
    }

    @Test
    void readsPastPaddingInTheExtraField() throws IOException {
        assertThat(nameOf(new byte[] {'a'}, 0, new byte[] {0, 0, 0})).isEqualTo("a");
        assertThat(nameOf(new byte[] {'a'}, 0, new byte[] {9, 9, 100, 0, 1})).isEqualTo("a");
    }

    @Test
    void refusesANameWithNulAndShowsItSafely() throws IOException {
        Entry first = Entry.of("te\0t", new byte[] {1}, 0);
        byte[] bytes = ZipBytes.of(first, Entry.of("b", new byte[] {2}, 0)).build();
        assertThat(assertFirstEntryFails(Condition.ENTRY_NAME_INVALID, bytes)).hasMessageContaining("te\\u0000t");
    }
}
