package io.zipmap.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zipmap.Condition;
import io.zipmap.Credentials;
import io.zipmap.ZipmapException;
import io.zipmap.archive.ArchiveRef;
import io.zipmap.testing.NonLocalFileSystem;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InputsTest {
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

    private List<String> list(String input) throws Exception {
        return list(input, ListingRules.PLAIN);
    }

    /** Lists an input as paths under the folder. Each root is serialised, as on its way to a task. */
    private List<String> list(String input, ListingRules rules) throws Exception {
        Inputs inputs = new Inputs(configuration, rules);
        List<ListingRoot> roots = inputs.roots(input);
        List<String> found = list(inputs, roots);
        List<ListingRoot> split =
                roots.stream().flatMap(root -> inputs.split(root).stream()).toList();
        assertThat(list(inputs, split))
                .as("the parts of the roots list what the roots list")
                .isEqualTo(found);
        return found;
    }

    private List<String> list(Inputs inputs, List<ListingRoot> roots) throws Exception {
        List<ArchiveRef> found = new ArrayList<>();
        for (ListingRoot root : roots) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            new ObjectOutputStream(bytes).writeObject(root);
            ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()));
            inputs.list((ListingRoot) in.readObject(), found::add);
        }
        return found.stream()
                .map(ref -> folder.relativize(Path.of(URI.create(ref.uri()).getPath())))
                .map(Path::toString)
                .sorted()
                .toList();
    }

    private String in(String name) {
        return folder + "/" + name;
    }

    @Test
    void aFolderMeansTheArchivesInIt() throws Exception {
        make("a.zip", "b.npz", "c.npy", "d.txt", "e.zip.tmp", "zip", "under/f.zip");
        Files.createDirectory(folder.resolve("folder.zip"));
        assertThat(list(folder.toString())).containsExactly("a.zip", "b.npz", "c.npy");
        assertThat(list(folder + "/")).containsExactly("a.zip", "b.npz", "c.npy");
    }

    @Test
    void aFolderMeansAlsoTheArchivesInItsPartitionFolders() throws Exception {
        make(
                "d=1/a.zip",
                "d=1/b.txt",
                "d=2/e=x/c.npz",
                "d=2/sub/e.zip",
                "d=2/.h/no.zip",
                "=3/no.zip",
                ".d=4/no.zip",
                "sub/no.zip",
                "f=g",
                "k=v.npy");
        Files.createSymbolicLink(folder.resolve("d=1/back=1"), folder);
        assertThat(list(folder.toString())).containsExactly("d=1/a.zip", "d=2/e=x/c.npz", "d=2/sub/e.zip", "k=v.npy");
        assertThat(list(in("d=*"))).containsExactly("d=1/a.zip", "d=2/e=x/c.npz", "d=2/sub/e.zip");
        assertThat(list(in("d=2"))).containsExactly("d=2/e=x/c.npz", "d=2/sub/e.zip");
    }

    @Test
    void cyclesOfLinksBetweenPartitionFoldersAddNothing() throws Exception {
        make("in/p=1/a.zip", "in/p=2/b.zip", "out/c.zip", "out/q=1/d.zip", "far/e.zip");
        Files.createSymbolicLink(folder.resolve("in/p=1/q=1"), Path.of("../p=2"));
        Files.createSymbolicLink(folder.resolve("in/p=2/q=1"), Path.of("../p=1"));
        assertThat(list(in("in"))).containsExactly("in/p=1/a.zip", "in/p=2/b.zip");
        assertThat(list(in("in/p=*"))).containsExactly("in/p=1/a.zip", "in/p=2/b.zip");
        assertThat(list(in("i?"))).containsExactly("in/p=1/a.zip", "in/p=2/b.zip");
        // Links out of the folder have the names of their partitions, and end where they lead back.
        Files.createSymbolicLink(folder.resolve("in/p=3"), folder.resolve("out"));
        Files.createSymbolicLink(folder.resolve("out/r=1"), folder.resolve("far"));
        Files.createSymbolicLink(folder.resolve("far/s=1"), folder.resolve("out"));
        Files.createSymbolicLink(folder.resolve("out/q=1/back=1"), folder.resolve("in"));
        assertThat(list(in("in")))
                .containsExactly(
                        "in/p=1/a.zip", "in/p=2/b.zip", "in/p=3/c.zip", "in/p=3/q=1/d.zip", "in/p=3/r=1/e.zip");
    }

    @Test
    void eachFolderThatAGlobMatchesAndEachPartitionFolderIsARootOfItsOwn() throws Exception {
        make("in/a/x.npy", "in/b/x.npy", "in/c.d/x.npy", "in/y.npy", "in/p=1.5/x.npy", "in/p=2/q/x.npy");
        Files.createSymbolicLink(folder.resolve("in/link"), Path.of("a"));
        assertThat(parts(in("in/*"))).containsExactlyInAnyOrder("in", "in/a", "in/b", "in/p=2");
        assertThat(list(in("in/*")))
                .containsExactly(
                        "in/a/x.npy",
                        "in/b/x.npy",
                        "in/c.d/x.npy",
                        "in/link/x.npy",
                        "in/p=1.5/x.npy",
                        "in/p=2/q/x.npy",
                        "in/y.npy");
        assertThat(parts(in("in"))).containsExactlyInAnyOrder("in", "in/p=1.5", "in/p=2");
        assertThat(list(in("in"))).containsExactly("in/p=1.5/x.npy", "in/p=2/q/x.npy", "in/y.npy");
        assertThat(parts(in("in/*.npy"))).containsExactly("in");
        assertThat(parts(in("in/y.npy"))).containsExactly("in/y.npy");
        assertThat(new Inputs(configuration, ListingRules.of(true, null)).roots(in("in/*")))
                .as("a folder is one root until it is split")
                .hasSize(1);
        assertThat(list(in("in/*"), ListingRules.of(true, null)))
                .contains("in/p=2/q/x.npy", "in/link/x.npy")
                .hasSize(7);
    }

    /** The paths of the roots of an input after they were split. */
    private List<String> parts(String input) throws IOException {
        Inputs inputs = new Inputs(configuration);
        return inputs.roots(input).stream()
                .flatMap(root -> inputs.split(root).stream())
                .map(root -> folder.relativize(Path.of(URI.create(root.uri()))).toString())
                .toList();
    }

    @Test
    void remotePartitionFoldersAreWalked() throws Exception {
        make("d=1/a.zip", "d=2/e=x/c.npz", "d=2/sub/e.zip", "sub/no.zip", "b.npy");
        configuration.set(NonLocalFileSystem.KEY, NonLocalFileSystem.class.getName());
        assertThat(list(NonLocalFileSystem.SCHEME + ":" + folder))
                .containsExactly("b.npy", "d=1/a.zip", "d=2/e=x/c.npz", "d=2/sub/e.zip");
        assertThat(list(NonLocalFileSystem.SCHEME + ":" + in("d=2"))).containsExactly("d=2/e=x/c.npz", "d=2/sub/e.zip");
        assertThat(list(NonLocalFileSystem.SCHEME + ":" + folder, ListingRules.of(true, "[bn]*")))
                .containsExactly("b.npy", "sub/no.zip");
    }

    @Test
    void theRulesMakeEachFolderATreeAndFilterNames() throws Exception {
        make("a.zip", "x/b.npz", "x/y/c.npz", "x/y/d.dat", "x/.h/e.npz", "[z]/f.npz");
        ListingRules recursive = ListingRules.of(true, null);
        assertThat(list(folder.toString(), recursive)).containsExactly("[z]/f.npz", "a.zip", "x/b.npz", "x/y/c.npz");
        assertThat(list(in("[z]"), recursive)).containsExactly("[z]/f.npz");
        assertThat(list(in("?"), recursive)).containsExactly("x/b.npz", "x/y/c.npz");
        assertThat(list(in("a.zip"), recursive)).containsExactly("a.zip");
        ListingRules filter = ListingRules.of(false, "*.dat");
        assertThat(list(in("x/y"), filter)).containsExactly("x/y/d.dat");
        assertThat(list(in("**"), filter)).containsExactly("x/y/d.dat");
        assertThat(list(in("x/**/*"), filter)).containsExactly("x/y/d.dat");
        assertThat(list(in("x/y/c.npz"), filter)).isEmpty();
        assertThatThrownBy(() -> ListingRules.of(false, "[a"))
                .isInstanceOf(ZipmapException.class)
                .hasMessageContaining("--path-glob-filter: [a");
    }

    @Test
    void aFileMayHaveAnyName() throws Exception {
        make("a.zip", "noname", ".hidden");
        assertThat(list(in("noname"))).containsExactly("noname");
        assertThat(list(in(".hidden"))).containsExactly(".hidden");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*/*.zip",
                "{b:c,a}/*",
                "b:c/x:1.zip",
                "b:c/*",
                "**/*.zip",
                "b:?/**",
                "[b]:c/*.zip",
                "*:*/x*",
                "./b:c/*"
            })
    void namesMayContainAColon(String glob) throws Exception {
        make("b:c/x:1.zip");
        assertThat(list(in(glob))).containsExactly("b:c/x:1.zip");
        assertThat(list(Path.of("").toAbsolutePath().relativize(folder) + "/" + glob))
                .containsExactly("b:c/x:1.zip");
    }

    @Test
    void aGlobMeansAllMatchingFiles() throws Exception {
        make("a1.zip", "a2.dat", "b1.zip", "a3", "under/a4.zip");
        assertThat(list(in("a*"))).containsExactly("a1.zip", "a2.dat", "a3");
        assertThat(list(in("?1.zip"))).containsExactly("a1.zip", "b1.zip");
        assertThat(list(in("[b-z]*.zip"))).containsExactly("b1.zip");
        assertThat(list(in("{a1.zip,a3}"))).containsExactly("a1.zip", "a3");
    }

    @Test
    void aMatchingFolderMeansTheArchivesInIt() throws Exception {
        make("2024/a.zip", "2024/b.txt", "2025/c.npy", "2025/deep/d.zip", "x.zip");
        assertThat(list(in("20*"))).containsExactly("2024/a.zip", "2025/c.npy");
        assertThat(list(in("*"))).containsExactly("2024/a.zip", "2025/c.npy", "x.zip");
    }

    @Test
    void foldersOfAPathMayBeGlobs() throws Exception {
        make("2024/a.zip", "2024/b.npz", "2025/c.zip", "plain");
        assertThat(list(in("20*/*.zip"))).containsExactly("2024/a.zip", "2025/c.zip");
        assertThat(list(in("*/a.zip"))).containsExactly("2024/a.zip");
    }

    @Test
    void twoStarsMeanAllFilesUnderAFolder() throws Exception {
        make("a.zip", "b.txt", "2024/c.npz", "2024/01/d.zip", "2024/01/e.dat", "2025/x.zip/f.zip", ".g/h.zip");
        assertThat(list(in("**"))).containsExactly("2024/01/d.zip", "2024/c.npz", "2025/x.zip/f.zip", "a.zip");
        assertThat(list(in("2024/**"))).containsExactly("2024/01/d.zip", "2024/c.npz");
        assertThat(list(in("20*/**"))).containsExactly("2024/01/d.zip", "2024/c.npz", "2025/x.zip/f.zip");
        assertThat(list(in("**/*.dat"))).containsExactly("2024/01/e.dat");
        assertThat(list(in("**/f.zip"))).containsExactly("2025/x.zip/f.zip");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s3a://AKIA:s3cr3t@bucket/a.zip",
                "s3a://AKIA:s3/cr3t@bucket/*.zip",
                "@s3a://AKIA:s3cr3t@bucket/list.txt",
                "hdfs://user:s3cr3t@host:8020/a.zip",
                "ftp://user:s3cr3t@host/a.zip",
                "s3a://AKIA:12s3cr3t@bucket/a@b.zip",
                "S3A://AKIA:s3cr3t@bucket/a.zip",
                "s3a://AKIA:/s3cr3t@bucket/a.zip",
                "s3a://AKIA:8020/s3cr3t@bucket/a.zip",
                "hdfs://AKIA:/s3cr3t@nn/a.zip",
                "s3a:\\\\AKIA:s3cr3t@bucket\\a.zip",
                "s3a:/AKIA:s3cr3t@bucket/a.zip",
                "s3a://AKIA:s3cr3t%40bucket/a.zip",
                "s3a://AKIA%3as3cr3t@bucket/a.zip",
                "https://:s3cr3t@host/a.zip"
            })
    void aUriWithASecretIsRefusedAndNotRepeated(String uri) {
        assertThatThrownBy(() -> new Inputs(configuration).roots(uri))
                .isInstanceOfSatisfying(
                        ZipmapException.class, e -> assertThat(e.condition()).isEqualTo(Condition.CREDENTIALS_IN_URI))
                .hasMessageNotContaining("s3cr3t")
                .hasMessageNotContaining("AKIA");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hdfs://nn:8020/of/me@work.zip",
                "abfss://container@account.dfs.core.windows.net/a:b@c.zip",
                "s3a://bucket/a:b@c.zip",
                "hdfs:///2024-01-01T10:00:00/me@work.zip",
                "hdfs:/2024-01-01T10:00:00/me@work.zip",
                "/a:b@c.zip",
                "file:/a:b@c.zip"
            })
    void textThatOnlyResemblesASecretIsAccepted(String uri) throws Exception {
        Credentials.refuse(uri);
    }

    @Test
    void aMissingFileSystemIsReported() {
        configuration.set("fs.moon.impl", "org.example.MoonFileSystem");
        assertThatThrownBy(() -> new Inputs(configuration).roots("moon://sea/a.zip"))
                .isInstanceOfSatisfying(
                        ZipmapException.class, e -> assertThat(e.condition()).isEqualTo(Condition.INPUT_UNREADABLE))
                .hasMessageContaining("org.example.MoonFileSystem")
                .hasMessageContaining("--packages");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "with space.zip",
                "100%.zip",
                "a%20b.zip",
                "a+b.zip",
                "größe-数-😀.zip",
                "a#b.zip",
                "a&b;c=d.zip",
                "a,b.zip",
                "quote'\".zip",
                "é.zip"
            })
    void namesAreTakenLiterally(String name) throws Exception {
        make(name, "other/" + name);
        assertThat(list(in(name))).containsExactly(name);
        assertThat(list(folder.toString())).containsExactly(name);
        assertThat(list(in("*"))).containsExactlyInAnyOrder(name, "other/" + name);
        ListingRoot root = new Inputs(configuration).roots(in(name)).get(0);
        List<ArchiveRef> found = new ArrayList<>();
        new Inputs(configuration).list(root, found::add);
        assertThat(new Sources(configuration).local(found.get(0).uri())).contains(folder.resolve(name));
        new Sources(configuration).open(found.get(0)).close();
    }

    @Test
    void anExistingFileIsNotTakenForAGlob() throws Exception {
        make("a[1].zip", "a1.zip", "what?.zip", "b*.zip", "bc.zip", "{x}.zip", "dir[1]/y.zip");
        assertThat(list(in("a[1].zip"))).containsExactly("a[1].zip");
        assertThat(list(in("what?.zip"))).containsExactly("what?.zip");
        assertThat(list(in("b*.zip"))).containsExactly("b*.zip");
        assertThat(list(in("{x}.zip"))).containsExactly("{x}.zip");
        assertThat(list(in("dir[1]"))).containsExactly("dir[1]/y.zip");
    }

    @Test
    void hiddenFilesAreTakenOnlyByName() throws Exception {
        make(".a.zip", "._b.zip", "b.zip", ".dir/c.zip");
        assertThat(list(folder.toString())).containsExactly("b.zip");
        assertThat(list(in("*.zip"))).containsExactly("b.zip");
        assertThat(list(in(".a*"))).containsExactly(".a.zip");
        assertThat(list(in("*"))).containsExactly("b.zip");
    }

    @Test
    void aUriIsAnInput() throws Exception {
        make("with space.zip", "a.zip");
        assertThat(list("file:" + folder + "/a.zip")).containsExactly("a.zip");
        assertThat(list("file://" + folder + "/*.zip")).containsExactly("a.zip", "with space.zip");
        assertThat(list("file:" + folder + "/with space.zip")).containsExactly("with space.zip");
    }

    /** A URI from the tables finds the archive again. */
    @Test
    void theUriOfAnArchiveIsAnInput() throws Exception {
        List<String> names = List.of("with space.zip", "with%20space.zip", "größe 100%.zip", "dup%.zip", "dup%25.zip");
        make(names.toArray(String[]::new));
        for (String name : names) {
            List<ArchiveRef> found = new ArrayList<>();
            Inputs inputs = new Inputs(configuration);
            inputs.list(inputs.roots(in(name)).get(0), found::add);
            assertThat(list(found.get(0).uri())).containsExactly(name);
        }
    }

    @Test
    void everyHadoopFileSystemIsListed() throws Exception {
        configuration.set(NonLocalFileSystem.KEY, NonLocalFileSystem.class.getName());
        make("a b.zip", "20/c.npz");
        assertThat(list("far://" + folder)).containsExactly("a b.zip");
        assertThat(list("far://" + folder + "/*/*")).containsExactly("20/c.npz");
        assertThatThrownBy(() -> list("nowhere://host/x.zip")).hasMessageContaining("nowhere");
    }

    @ParameterizedTest
    @ValueSource(strings = {"missing.zip", "missing/", "missing/*.zip", "missing*/*.zip", "file*/x.zip"})
    void aMissingInputIsReportedAsGiven(String name) throws Exception {
        make("file.txt");
        assertThatThrownBy(() -> list(in(name)))
                .isInstanceOfSatisfying(
                        ZipmapException.class, e -> assertThat(e.condition()).isEqualTo(Condition.INPUT_MISSING))
                .hasMessageContaining(in(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "://x", "a:b"})
    void textThatIsNoPathIsAMissingInput(String input) {
        assertThatThrownBy(() -> list(input))
                .isInstanceOfSatisfying(
                        ZipmapException.class, e -> assertThat(e.condition()).isEqualTo(Condition.INPUT_MISSING));
    }

    @Test
    void aWrongGlobIsAMissingInput() throws Exception {
        make("a.zip");
        assertThatThrownBy(() -> list(in("[a.zip")))
                .isInstanceOfSatisfying(
                        ZipmapException.class, e -> assertThat(e.condition()).isEqualTo(Condition.INPUT_MISSING))
                .hasMessageContaining(in("[a.zip"));
    }

    @Test
    void aFolderThatIsDeletedMeanwhileIsAMissingInput() throws Exception {
        make("sub/a.zip", "b.zip");
        Inputs inputs = new Inputs(configuration);
        ListingRoot sub = inputs.roots(in("sub")).get(0);
        ListingRoot file = inputs.roots(in("b.zip")).get(0);
        Files.delete(folder.resolve("sub/a.zip"));
        Files.delete(folder.resolve("sub"));
        Files.delete(folder.resolve("b.zip"));
        for (ListingRoot root : List.of(sub, file)) {
            assertThatThrownBy(() -> inputs.list(root, ref -> {}))
                    .isInstanceOfSatisfying(
                            ZipmapException.class,
                            e -> assertThat(e.condition()).isEqualTo(Condition.INPUT_MISSING))
                    .hasMessageContaining(root.input());
        }
    }

    @Test
    void anEmptyFolderHasNoArchives() throws Exception {
        Files.createDirectory(folder.resolve("empty"));
        assertThat(list(in("empty"))).isEmpty();
        assertThat(list(in("*.zip"))).isEmpty();
    }

    /** An incremental run finds the archives of the former run by their URIs. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a.zip",
                "größe 100%.zip",
                "a:b.zip",
                "e\u0301.zip",
                "x;y&z=1,2#3.zip",
                "tab\tbell\u0007.zip",
                "a^b|c.zip",
                "nbsp\u00a0 \u2028.zip"
            })
    void anArchiveHasTheSameUriAsInHadoop(String name) throws Exception {
        make(name);
        org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(folder.toUri());
        String hadoops = path.getFileSystem(configuration)
                .listStatus(path)[0]
                .getPath()
                .toUri()
                .toString();
        for (String input : List.of(folder.toString(), "file:" + folder, folder + "/*", folder + "/**", in(name))) {
            List<ArchiveRef> found = new ArrayList<>();
            for (ListingRoot root : new Inputs(configuration).roots(input)) {
                new Inputs(configuration).list(root, found::add);
            }
            assertThat(found.stream().map(ArchiveRef::uri)).as(input).containsExactly(hadoops);
        }
    }
}
