package io.zipmap.fs;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.Condition;
import io.zipmap.archive.ArchiveRef;
import io.zipmap.testing.Errors;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Local disks with links, special files, forbidden files and odd names. */
@Timeout(60)
class LocalListingTest {
    @TempDir
    Path folder;

    private final Configuration configuration = new Configuration(false);

    private void make(String... names) throws IOException {
        for (String name : names) {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, name);
        }
    }

    private void link(String name, String target) throws IOException {
        Files.createDirectories(folder.resolve(name).getParent());
        Files.createSymbolicLink(folder.resolve(name), Path.of(target));
    }

    private List<ArchiveRef> refs(String input) throws IOException {
        Inputs inputs = new Inputs(configuration);
        List<ArchiveRef> found = new ArrayList<>();
        for (ListingRoot root : inputs.roots(folder + "/" + input)) {
            List<ArchiveRef> ofRoot = new ArrayList<>();
            inputs.list(root, ofRoot::add);
            List<ArchiveRef> ofParts = new ArrayList<>();
            for (ListingRoot part : inputs.split(root)) {
                inputs.list(part, ofParts::add);
            }
            assertThat(ofParts).as("the parts of a root").containsExactlyInAnyOrderElementsOf(ofRoot);
            found.addAll(ofRoot);
        }
        return found;
    }

    /** The URIs of the archives, relative to the folder. */
    private List<String> list(String input) throws IOException {
        return refs(input).stream()
                .map(ref -> ref.uri().replace("file://" + folder + "/", ""))
                .sorted()
                .toList();
    }

    /** The result of opening each archive, by name. */
    private Map<String, String> open(String input) throws IOException {
        Map<String, String> found = new TreeMap<>();
        for (ArchiveRef ref : refs(input)) {
            String name = ref.uri().substring(ref.uri().lastIndexOf('/') + 1);
            try {
                new Sources(configuration).open(ref).close();
                found.put(name, "sound");
            } catch (io.zipmap.ZipmapException e) {
                assertThat(e.archive()).isEqualTo(ref.uri());
                found.put(name, e.condition().name());
            }
        }
        return found;
    }

    @Test
    void suffixesMayBeInUpperCase() throws IOException {
        make("a.npz", "B.NPZ", "b.Zip", "c.nPY", "D.TXT", ".E.NPZ", "NPZ", "sub/F.ZIP", "sub/g.npz");
        assertThat(list("")).containsExactly("B.NPZ", "a.npz", "b.Zip", "c.nPY");
        assertThat(list("**")).containsExactly("B.NPZ", "a.npz", "b.Zip", "c.nPY", "sub/F.ZIP", "sub/g.npz");
        assertThat(list("s*")).containsExactly("sub/F.ZIP", "sub/g.npz");
        assertThat(list("*.npz")).as("what the user wrote").containsExactly("a.npz");
    }

    @Test
    void anUnreadableFileIsListedAndFailsWithTheReason() throws Exception {
        make("x.npz", "file", "notes");
        link("dead.npz", "gone.npz");
        link("dead2.npz", "dead.npz");
        link("under.npz", "file/under");
        link("self.npz", "self.npz");
        link("one.npz", "two.npz");
        link("two.npz", "one.npz");
        link("dead.txt", "gone.txt");
        link("live.npz", "x.npz");
        link("folder.npz", ".");
        shell("mkfifo pipe.npz");
        link("tap.npz", "pipe.npz");
        link("device.npz", "/dev/zero");
        try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.bind(UnixDomainSocketAddress.of(folder.resolve("socket.npz")));
            Map<String, String> expected = new TreeMap<>(Map.of("x.npz", "sound", "live.npz", "sound"));
            for (String name : List.of("dead", "dead2", "under", "self", "one", "two")) {
                expected.put(name + ".npz", "SOURCE_MISSING");
            }
            for (String name : List.of("pipe", "tap", "device", "socket")) {
                expected.put(name + ".npz", "SOURCE_NOT_A_FILE");
            }
            assertThat(open("")).isEqualTo(expected);
            assertThat(open("*.npz")).containsAllEntriesOf(expected);
            assertThat(open("**")).isEqualTo(expected);
        }
    }

    @Test
    void anInputThatIsNoRegularFileFailsWithTheReason() throws Exception {
        shell("mkfifo pipe");
        assertThat(open("pipe")).isEqualTo(Map.of("pipe", "SOURCE_NOT_A_FILE"));
        link("null", "/dev/null");
        assertThat(open("null")).isEqualTo(Map.of("null", "SOURCE_NOT_A_FILE"));
    }

    @Test
    void aFileThatWasUnseenAtListingTimeIsNotReadLater() throws Exception {
        make("x.npz");
        link("dead.npz", "gone.npz");
        ArchiveRef dead = refs("dead*").get(0);
        assertThat(dead.hasKnownLength()).isFalse();
        make("gone.npz");
        assertThat(Errors.named(Condition.SOURCE_CHANGED, () -> new Sources(configuration).open(dead)))
                .hasMessageContaining("when it was listed")
                .hasMessageNotContaining("-1 bytes");
    }

    private void shell(String script) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("sh", "-c", script)
                        .directory(folder.toFile())
                        .start()
                        .waitFor())
                .isZero();
    }

    @Test
    void aTreeEntersEachRealFolderOnce() throws IOException {
        make("t/x.npz", "t/sub/y.npz", "t/sub/deep/z.npz", "t/v1.npz/w.npz", "t/.h/hidden.npz");
        link("t/again", ".");
        link("t/sub/up", "..");
        link("t/sub/deep/top", "../../../t");
        link("t/other", "sub");
        link("t/absolute", folder + "/t/sub/deep");
        List<String> all = List.of("t/sub/deep/z.npz", "t/sub/y.npz", "t/v1.npz/w.npz", "t/x.npz");
        assertThat(list("t/**")).isEqualTo(all);
        assertThat(list("t/**/*")).isEqualTo(all);
        assertThat(list("t/sub/**").stream().distinct())
                .as("a link leads out of it")
                .isEqualTo(all);
    }

    @Test
    void aLinkThatLeavesTheTreeIsFollowed() throws IOException {
        make("t/x.npz", "far/y.npz", "far/deep/z.npz", "t/.h/hidden.npz");
        link("t/a/far", "../../far");
        link("t/b/deep", "../../far/deep");
        link("t/b/again", "../../far");
        link("t/l", "../far");
        link("t/shown", ".h");
        link("far/deep/back", "../../t");
        link("far/deep/round", "..");
        assertThat(list("t/**").stream().distinct())
                .containsExactly("far/deep/z.npz", "far/y.npz", "t/.h/hidden.npz", "t/x.npz");
        assertThat(list("t/b/**").stream().distinct()).contains("far/deep/z.npz", "far/y.npz", "t/x.npz");
    }

    @Test
    void aTreeKeepsTheNameThatTheUserGave() throws IOException {
        make("real/t/x.npz", "real/t/sub/y.npz", "real/u/z.npz");
        link("alias", "real");
        link("real/t/sub/out", "../../u");
        assertThat(list("alias/**")).containsExactly("alias/t/sub/y.npz", "alias/t/x.npz", "alias/u/z.npz");
        link("real/v", "t");
        assertThat(list("alias/*/**").stream().distinct())
                .containsExactly("alias/t/sub/y.npz", "alias/t/x.npz", "alias/u/z.npz");
        assertThat(list("alias/v/**").stream().distinct())
                .as("the link is what the user named")
                .contains("alias/v/sub/y.npz", "alias/v/x.npz");
    }

    @Test
    void aLinkToAFileIsAnArchiveUnderItsOwnName() throws IOException {
        make("t/x.npz", "t/data");
        link("t/sub/same.npz", "../x.npz");
        link("t/sub/data.npz", "../data");
        assertThat(list("t/**")).containsExactly("t/sub/data.npz", "t/sub/same.npz", "t/x.npz");
    }

    @Test
    void matchingFoldersMayHaveAnyName() throws Exception {
        make("a:b/x.npz", "c[1]/y.npz", "plain/z.npz");
        shell("printf 'd\\351' | xargs -I{} sh -c 'mkdir \"{}\" && echo 1 > \"{}/w.npz\"'");
        assertThat(list("*/*.npz")).containsExactly("a:b/x.npz", "c%5B1%5D/y.npz", "d%E9/w.npz", "plain/z.npz");
        assertThat(list("c[1]/*.npz")).containsExactly("c%5B1%5D/y.npz");
        assertThat(list("{plain,a:b}/*")).containsExactly("a:b/x.npz", "plain/z.npz");
        assertThat(list("{plain,./a:b}/*.npz")).containsExactly("a:b/x.npz", "plain/z.npz");
        assertThat(list("**")).containsExactly("a:b/x.npz", "c%5B1%5D/y.npz", "d%E9/w.npz", "plain/z.npz");
    }

    /** Names in Latin-1, UTF-8, both, and in no encoding. The URI contains the bytes, and is an input too. */
    @ParameterizedTest
    @CsvSource({
        "caf\\351.npz, caf%E9.npz",
        "\\303\\251\\351.npz, é%E9.npz",
        "\\377\\376.npz, %FF%FE.npz",
        "\\355\\240\\200.npz, %ED%A0%80.npz",
        "\\357\\277\\275.npz, \uFFFD.npz",
        "a%%20b\\341.npz, a%2520b%E1.npz"
    })
    void namesThatAreNotUtf8AreRead(String printf, String uri) throws Exception {
        shell("printf '" + printf + "' | xargs -I{} sh -c 'echo content > \"{}\"'");
        assertThat(list("")).containsExactly(uri);
        ArchiveRef found = refs("").get(0);
        new Sources(configuration).open(found).close();
        ListingRoot again = new Inputs(configuration).roots(found.uri()).get(0);
        assertThat(again.uri()).isEqualTo(found.uri());
        assertThat(new Sources(configuration).find(found.uri())).contains(found);
    }

    @ParameterizedTest
    @ValueSource(strings = {"C", "POSIX", "C.UTF-8", "fr_FR.ISO-8859-1"})
    void theLocaleChangesNothing(String locale) throws Exception {
        make("a.npz", "données.npz", "数据.npz", "größe/b.npz");
        shell("printf 'caf\\351.npz' | xargs -I{} sh -c 'echo content > \"{}\"'");
        String expected = "file://" + folder + "/";
        assertThat(process("export LC_ALL=" + locale, folder + "/**"))
                .containsExactlyInAnyOrder(
                        expected + "a.npz 5",
                        expected + "donn%C3%A9es.npz 12",
                        expected + "%E6%95%B0%E6%8D%AE.npz 10",
                        expected + "gr%C3%B6%C3%9Fe/b.npz 13",
                        expected + "caf%E9.npz 8");
    }

    @Test
    void aForbiddenFileIsListedAndAForbiddenFolderIsReported() throws Exception {
        make("a.npz", "b.npz", "names/c.npz", "names/d.txt", "closed/e.npz");
        shell("chmod 755 .; chmod 000 b.npz; chmod 644 names; chmod 311 closed");
        // Root may read every file, unless it drops that capability.
        String nobody = "test $(id -u) != 0 || exec setpriv --bounding-set=-dac_override,-dac_read_search \"$@\"";
        assertThat(process(nobody, folder + "/*.npz"))
                .containsExactlyInAnyOrder(
                        "file://" + folder + "/a.npz 5", "file://" + folder + "/b.npz SOURCE_UNREADABLE");
        assertThat(process(nobody, folder + "/names"))
                .as("names that may be read, files that may not be looked at")
                .containsExactly("file://" + folder + "/names/c.npz SOURCE_UNREADABLE");
        for (String input : List.of("/closed", "/closed/*.npz", "/closed/**", "/**", "/names/**", "/*/*.npz")) {
            assertThat(process(nobody, folder + input)).as(input).containsExactly("INPUT_UNREADABLE");
        }
    }

    /** @param first the commands that a shell runs before it starts Java */
    private List<String> process(String first, String input) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        "sh",
                        "-c",
                        first + "; exec \"$@\"",
                        "sh",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ListingProcess.class.getName(),
                        input)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (InputStream out = process.getInputStream()) {
            List<String> lines = new String(out.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .toList();
            process.waitFor();
            return lines;
        }
    }
}
