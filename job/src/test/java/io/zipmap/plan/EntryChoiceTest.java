package io.zipmap.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.Condition;
import io.zipmap.OptionSpelling;
import io.zipmap.ZipmapException;
import io.zipmap.archive.Archive;
import io.zipmap.archive.ArchiveEntry;
import io.zipmap.archive.ArchiveLimits;
import io.zipmap.fs.Sources;
import io.zipmap.options.Option;
import io.zipmap.options.OptionValues;
import io.zipmap.testing.Errors;
import io.zipmap.testing.Zips;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntryChoiceTest {
    private static final Sources SOURCES = new Sources(new Configuration());

    @TempDir
    Path folder;

    private EntryTally tally = EntryTally.NONE;

    private static EntryRules rules(Map<Option, String> said) throws ZipmapException {
        return EntryRules.of(OptionValues.resolve(Map.of(), option -> null, said));
    }

    /** The directory indices of the chosen entries. */
    private List<Integer> taken(Path file, Map<Option, String> said) throws IOException {
        EntryChoice choice = new EntryChoice(rules(said));
        try (Archive archive = Archive.open(
                SOURCES.open(SOURCES.find(file.toUri().toString()).orElseThrow()),
                new ArchiveLimits(1 << 20, 1 << 20, 1000))) {
            List<Integer> taken = choice.choose(archive).taken().stream()
                    .map(ArchiveEntry::index)
                    .toList();
            tally = choice.tally();
            return taken;
        }
    }

    private List<Integer> taken(Path file) throws IOException {
        return taken(file, Map.of());
    }

    private List<Integer> matching(Path file, String entries) throws IOException {
        return taken(file, Map.of(Option.ENTRIES, entries));
    }

    @ParameterizedTest
    @CsvSource({
        "dir/a.npy, dir/a.npy",
        "dir/a.npy, dir\\a.npy",
        "dir\\a.npy, dir/a.npy",
        "dir/a.npy, ./dir/a.npy",
        "dir/a.npy, dir//a.npy",
        "/dir/a.npy, dir/./a.npy",
        "größe.npy, größe.npy"
    })
    void theLastOfSeveralEntriesThatUnpackToOneFileIsChosen(String one, String other) throws IOException {
        Path file = Zips.named(folder.resolve("a.npz"), one, "b.npy", other, "c.npy");
        assertThat(taken(file)).containsExactly(1, 2, 3);
        assertThat(tally.superseded()).isEqualTo(1);
        assertThat(tally.taken()).isEqualTo(3);
        assertThat(matching(file, "*/a.npy,größe")).containsExactly(2);
        assertThat(taken(file, Map.of(Option.DUPLICATES, "all"))).containsExactly(0, 1, 2, 3);
        assertThat(tally.superseded()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "dir/a.npy, dir/A.npy",
        "dir/a.npy, dir/a.npy.npy",
        "a.npy, ../a.npy",
        "a.npy, a",
        "a.npy, a/a.npy",
        "a.npy, a..npy"
    })
    void entriesOfDifferentNamesAreBothChosen(String one, String other) throws IOException {
        assertThat(taken(Zips.named(folder.resolve("a.npz"), one + "_".repeat(5), other + "_".repeat(5))))
                .containsExactly(0, 1);
        assertThat(tally.superseded()).isZero();
    }

    @Test
    void namesAreComparedAfterDecoding() throws IOException {
        Path file = folder.resolve("a.zip");
        byte[] name = "größe".getBytes(StandardCharsets.UTF_8);
        ByteBuffer extra = ByteBuffer.allocate(9 + name.length).order(ByteOrder.LITTLE_ENDIAN);
        CRC32 crc = new CRC32();
        crc.update("raw".getBytes(StandardCharsets.UTF_8));
        extra.putShort((short) 0x7075).putShort((short) (5 + name.length)).put((byte) 1);
        extra.putInt((int) crc.getValue()).put(name);
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file), Charset.forName("IBM437"))) {
            for (String entry : List.of("größe", "raw", "other")) {
                ZipEntry header = new ZipEntry(entry);
                header.setExtra(entry.equals("raw") ? extra.array() : null);
                zip.putNextEntry(header);
                zip.closeEntry();
            }
        }
        assertThat(taken(file)).containsExactly(1, 2);
        assertThat(tally.superseded()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "__MACOSX/._x.npy",
                "deep/__MACOSX/x.npy",
                "dir/._x.npy",
                "dir/.DS_Store",
                "dir\\.ds_store",
                "Thumbs.db",
                "dir/thumbs.db",
                "ehthumbs.db",
                "Desktop.ini",
                "$RECYCLE.BIN/x.npy",
                "System Volume Information/IndexerVolumeGuid",
                ".Spotlight-V100/store",
                ".fseventsd/0000",
                ".Trashes/x.npy",
                "Icon\r",
                ".directory",
                "@eaDir/x.npy",
                "x.npy:Zone.Identifier",
                ".nfs000000000001",
                ".fuse_hidden0000"
            })
    void junkIsLeftOutUnlessAGlobMatchesIt(String junk) throws IOException {
        Path file = Zips.named(folder.resolve("a.zip"), "x.npy", junk, "dir/x.npy");
        assertThat(taken(file)).containsExactly(0, 2);
        assertThat(tally.junk()).isEqualTo(1);
        assertThat(OptionSpelling.COMMAND_LINE.apply(String.join("", tally.notes())))
                .contains("1 junk entry")
                .contains("--entries '*'");
        assertThat(matching(file, "*")).containsExactly(0, 1, 2);
        assertThat(tally.junk()).isZero();
        assertThat(matching(file, junk.replace("\\", "\\\\").replace("\r", "?")))
                .containsExactly(1);
        assertThat(matching(file, "dir/x.npy,nothing")).containsExactly(2);
        assertThat(Errors.named(Condition.ENTRIES_UNMATCHED, () -> unmatched(file, "nothing")))
                .hasMessageContaining("actual: x.npy, dir/x.npy.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MACOSX/x.npy",
                "__MACOSX_/x.npy",
                "__MACOSX.npy",
                "_.npy_",
                ".x.npy",
                "DS_Store.npy",
                "Thumbs.db.npy",
                "my_desktop.ini",
                "Icon.npy",
                "eaDir/x.npy",
                "Zone.Identifier.npy",
                ".nfs.npy"
            })
    void namesThatOnlyResembleJunkAreChosen(String name) throws IOException {
        assertThat(taken(Zips.named(folder.resolve("a.zip"), name))).containsExactly(0);
    }

    private void unmatched(Path file, String entries) throws IOException {
        matching(file, entries);
        rules(Map.of(Option.ENTRIES, entries)).requireMatch(tally);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x.npy            | 0",
                "x                | 0",
                "x,y              | 0 1",
                "x, sub/z         | 0 2",
                "{x,y}            | 0 1",
                "{x,y}.npy,*.dat  | 0 1 3",
                "[x,y].npy        | 0 1",
                "?                | 0 1",
                "sub/*            | 2",
                "*z               | 2",
                "*.npy            | 0 1 2 4 5",
                "raw.dat          | 3",
                "'a,b.npy'        | ''",
                "'a\\,b'          | 4",
                "['x', 'sub/z']   | 0 2",
                "x[1].npy         | 5",
                "x[1]             | 5",
                "*                | 0 1 2 3 4 5"
            })
    void entriesAreChosenByAListOfNamesAndGlobs(String entries, String expected) throws IOException {
        Path file =
                Zips.named(folder.resolve("a.npz"), "x.npy", "y.npy", "sub/z.npy", "raw.dat", "a,b.npy", "x[1].npy");
        assertThat(matching(file, entries))
                .containsExactlyElementsOf(Arrays.stream(expected.split(" "))
                        .filter(index -> !index.isEmpty())
                        .map(Integer::valueOf)
                        .toList());
    }

    @Test
    void aBareFileIsMatchedByItsFileName() throws IOException {
        Path file = Files.write(folder.resolve("x y%20.npy"), Zips.npy(4, 0, 4));
        for (String entries : List.of("x y%20.npy", "x y%20", "x*", "y,x*", "*")) {
            assertThat(matching(file, entries)).as(entries).containsExactly(0);
        }
        assertThat(matching(file, "y.npy")).isEmpty();
        assertThat(Errors.named(Condition.ENTRIES_UNMATCHED, () -> unmatched(file, "y.npy")))
                .hasMessageContaining("actual: x y%20.npy");
        String uri = file.toUri().toString();
        assertThat(new EntryChoice(rules(Map.of(Option.ENTRIES, "x*"))).takesKnown(uri, null))
                .isTrue();
        assertThat(new EntryChoice(rules(Map.of(Option.ENTRIES, "y*"))).takesKnown(uri, null))
                .isFalse();
        assertThat(taken(Files.write(folder.resolve("._x.npy"), Zips.npy(4, 0, 4))))
                .containsExactly(0);
    }

    @Test
    void aMessageNamesAtMostTenEntries() throws IOException {
        String[] names = new String[30];
        Arrays.setAll(names, i -> "member" + i + "x".repeat(i == 3 ? 5000 : 1));
        Path file = Zips.named(folder.resolve("a.npz"), names);
        ZipmapException error = Errors.named(Condition.ENTRIES_UNMATCHED, () -> unmatched(file, "y,z"));
        assertThat(error)
                .hasMessageContaining("--entries: y,z")
                .hasMessageContaining("member9")
                .hasMessageContaining(", …");
        assertThat(error.getMessage()).doesNotContain("member10").hasSizeLessThan(1000);
        Path junk = Zips.named(folder.resolve("b.npz"), ".DS_Store", "._x.npy");
        assertThat(Errors.named(Condition.ENTRIES_UNMATCHED, () -> unmatched(junk, "y")))
                .hasMessageContaining("2 entries, all of them junk");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " , ", "[", "{a", "a\\", "[z-a]"})
    void aWrongGlobIsRefusedBeforeAnyArchiveIsOpened(String entries) {
        assertThat(Errors.named(Condition.OPTION_INVALID, () -> rules(Map.of(Option.ENTRIES, entries))))
                .hasMessageContaining("--entries");
    }

    /** java.util.zip deflates an entry with bytes even if its name ends with a slash. */
    @Test
    void anEntryWithAFolderNameIsChosenIfItIsAnArray() throws IOException {
        Path file = folder.resolve("a.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            Zips.add(zip, true, "array/", Zips.npy(3, 0, 3));
            Zips.add(zip, true, "text/", "four".getBytes(StandardCharsets.UTF_8));
            Zips.add(zip, true, "folder/", new byte[0]);
            Zips.add(zip, true, "a.npy", Zips.npy(3, 0, 3));
        }
        for (String globs : new String[] {"*", "array/,a,text/"}) {
            assertThat(taken(file, Map.of(Option.ENTRIES, globs))).containsExactly(0, 3);
            assertThat(tally.junk()).isEqualTo(1);
        }
        assertThat(taken(file)).containsExactly(0, 3);
    }
}
