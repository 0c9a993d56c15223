package io.zipmap.scratch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.store.NodeScratch;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScratchTest {
    private static final ContentWriter TEN = out -> out.write(ByteBuffer.wrap("0123456789".getBytes()));
    private static final ContentWriter NEVER = out -> {
        throw new AssertionError("made again");
    };

    @TempDir
    Path folder;

    @Test
    void makesAFileThatIsReadOnlyForItsOwnerAndReusesIt() throws IOException {
        try (Scratch scratch = Scratch.open(app("a1"))) {
            ScratchFile made = scratch.obtain(FileExpectation.of("ab12.npy", 10), TEN);
            assertThat(made.reused()).isFalse();
            assertThat(made.path())
                    .hasContent("0123456789")
                    .isEqualTo(scope("app-a1").resolve("ab12.npy"));
            assertThat(mode(made.path())).isEqualTo("r--------");
            assertThat(mode(scope("app-a1"))).isEqualTo("rwx------");
            assertThat(mode(root())).isEqualTo("rwx------");
            ScratchFile again = scratch.obtain(FileExpectation.of("ab12.npy", 10), NEVER);
            assertThat(again.reused()).isTrue();
            assertThat(again.path()).isEqualTo(made.path());
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void makesEachFileOnceForTwentyThreads() throws Exception {
        Map<String, AtomicInteger> made = new ConcurrentHashMap<>();
        ExecutorService threads = Executors.newFixedThreadPool(20);
        try (Scratch scratch = Scratch.open(two("a1"))) {
            List<Future<ScratchFile>> files = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                String name = "file" + i % 5;
                files.add(threads.submit(() -> scratch.obtain(FileExpectation.of(name, 10), out -> {
                    made.computeIfAbsent(name, n -> new AtomicInteger()).incrementAndGet();
                    LockSupport.parkNanos(20_000_000);
                    TEN.write(out);
                })));
            }
            for (Future<ScratchFile> file : files) {
                assertThat(file.get().path()).hasContent("0123456789");
            }
        } finally {
            threads.shutdown();
        }
        assertThat(made.values()).hasSize(5).allMatch(count -> count.get() == 1);
    }

    @Test
    void spreadsFilesOverTheFolders() throws IOException {
        try (Scratch scratch = Scratch.open(two("a1"))) {
            Set<Path> places = new TreeSet<>();
            for (int i = 0; i < 40; i++) {
                places.add(scratch.obtain(FileExpectation.of("f" + i, 10), TEN)
                        .path()
                        .getParent());
            }
            assertThat(places).hasSize(2);
        }
    }

    @Test
    void goesToTheNextFolderWhenOneFails() throws IOException {
        try (Scratch scratch = Scratch.open(two("a1"))) {
            Path lost = folder.resolve("one")
                    .resolve(PrivateAccess.userFolderName())
                    .resolve("app-a1");
            FileTree.delete(lost);
            Files.createFile(lost);
            for (int i = 0; i < 10; i++) {
                assertThat(scratch.obtain(FileExpectation.of("f" + i, 10), TEN).path())
                        .startsWith(folder.resolve("two"));
            }
            Path other = folder.resolve("two")
                    .resolve(PrivateAccess.userFolderName())
                    .resolve("app-a1");
            FileTree.delete(other);
            Files.createFile(other);
            assertThatThrownBy(() -> scratch.obtain(FileExpectation.of("last", 10), TEN))
                    .hasMessageContaining(folder.resolve("one").toString())
                    .hasMessageContaining(folder.resolve("two").toString())
                    .satisfies(is(Condition.SCRATCH_UNUSABLE));
            Files.delete(lost);
            Files.delete(other);
        }
    }

    @Test
    void saysWhichFolderIsFullBeforeTheFirstByte() throws IOException {
        try (Scratch scratch = Scratch.open(app("a1"))) {
            assertThatThrownBy(() -> scratch.obtain(FileExpectation.of("huge", Long.MAX_VALUE / 2), NEVER))
                    .hasMessageContaining(root() + " has ")
                    .hasMessageContaining("bytes free")
                    .satisfies(is(Condition.SCRATCH_FULL));
            assertThat(left("app-a1")).isEmpty();
        }
    }

    @Test
    void leavesNothingOfAFileThatCouldNotBeMade() throws IOException {
        try (Scratch scratch = Scratch.open(app("a1").budgetBytes(15))) {
            assertThatThrownBy(() -> scratch.obtain(FileExpectation.of("f", 10), out -> {
                        out.write(ByteBuffer.allocate(4));
                        throw new IOException("the archive ended");
                    }))
                    .isInstanceOf(IOException.class)
                    .hasMessage("the archive ended");
            assertThatThrownBy(() -> scratch.obtain(FileExpectation.of("f", 11), TEN))
                    .satisfies(is(Condition.SIZE_MISMATCH))
                    .hasMessageContaining("expected: 11 bytes; actual: 10 bytes");
            assertThatThrownBy(() -> scratch.obtain(FileExpectation.of("f", 9), TEN))
                    .satisfies(is(Condition.SIZE_MISMATCH));
            assertThat(left("app-a1")).isEmpty();
            assertThat(scratch.obtain(FileExpectation.of("f", 10), TEN).reused())
                    .isFalse();
        }
    }

    @Test
    void anInterruptEndsTheMakingButNotTheScratch() throws IOException {
        try (Scratch scratch = Scratch.open(two("a1"))) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> scratch.obtain(FileExpectation.of("f", 10), TEN))
                    .isInstanceOf(IOException.class);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(scratch.obtain(FileExpectation.of("f", 10), TEN).reused())
                    .isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"mkdir -p $0/sub", "mkfifo $0", "ln -s /etc/passwd $0", "echo short > $0", "echo 123456789 > $0"
            })
    void replacesWhatIsDamagedUnderAName(String command) throws Exception {
        try (Scratch scratch = Scratch.open(app("a1"))) {
            Path path = scratch.obtain(FileExpectation.of("f", 10), TEN).path();
            Files.delete(path);
            assertThat(run("sh", "-c", command, path.toString())).isZero();
            assertThat(scratch.obtain(FileExpectation.of("f", 10), TEN).reused())
                    .isFalse();
            assertThat(path).isRegularFile().hasContent("0123456789");
            assertThat(mode(path)).isEqualTo("r--------");
        }
        assertThat(Path.of("/etc/passwd")).exists();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ln -s . $0", "mkdir -m 0755 $0", "mkdir -m 0770 $0", "touch $0", "mkfifo $0"})
    void refusesByNameWhatWasPlantedInTheFoldersPlace(String command) throws Exception {
        assertThat(run("sh", "-c", command, root().toString())).isZero();
        assertThatThrownBy(() -> Scratch.open(app("a1")))
                .hasMessageContaining(root().toString())
                .satisfies(is(Condition.SCRATCH_UNSAFE));
        assertThatThrownBy(() -> ScratchScopes.list(List.of(folder.toString())))
                .satisfies(is(Condition.SCRATCH_UNSAFE));
    }

    @Test
    void passesOverFoldersThatAreOfNoUse() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        List<String> folders =
                List.of(file + "/under", "/proc/nowhere", folder.resolve("good").toString());
        try (Scratch scratch = Scratch.open(ScratchSettings.of(folders, "a1"))) {
            assertThat(scratch.obtain(FileExpectation.of("f", 10), TEN).path()).startsWith(folder.resolve("good"));
        }
        assertThatThrownBy(() -> Scratch.open(ScratchSettings.of(folders.subList(0, 2), "a1")))
                .hasMessageContaining(file.toString())
                .hasMessageContaining("/proc/nowhere")
                .satisfies(is(Condition.SCRATCH_UNUSABLE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "../f", "a/b", ".lease-x", "A", "f.part-1", "ä"})
    void refusesNamesThatAreNotDigests(String name) throws IOException {
        try (Scratch scratch = Scratch.open(app("a1"))) {
            assertThatThrownBy(() -> scratch.obtain(FileExpectation.of(name, 10), TEN))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> app("../x")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theLastOneToCloseRemovesTheApplicationsFiles() throws IOException {
        Scratch first = Scratch.open(app("a1"));
        Scratch second = Scratch.open(app("a1"));
        Path path = first.obtain(FileExpectation.of("f", 10), TEN).path();
        first.close();
        first.close();
        assertThat(second.obtain(FileExpectation.of("f", 10), NEVER).path()).isEqualTo(path);
        assertThatThrownBy(() -> first.obtain(FileExpectation.of("f", 10), TEN))
                .isInstanceOf(IllegalStateException.class);
        second.close();
        assertThat(folder).isEmptyDirectory();
        assertThat(descriptors()).isEmpty();
    }

    @Test
    void aBudgetHoldsForTheWholeApplication() throws IOException {
        try (Scratch one = Scratch.open(two("a1").budgetBytes(25));
                Scratch other = Scratch.open(two("a1").budgetBytes(25))) {
            one.obtain(FileExpectation.of("f1", 10), TEN);
            Path second = other.obtain(FileExpectation.of("f2", 10), TEN).path();
            assertThatThrownBy(() -> one.obtain(FileExpectation.of("f3", 10), NEVER))
                    .hasMessageContaining("expected: at most 25 bytes, the scratch budget")
                    .hasMessageContaining("actual: 20 bytes there already")
                    .satisfies(is(Condition.SCRATCH_FULL));
            Files.delete(second);
            assertThat(one.obtain(FileExpectation.of("f3", 10), TEN).reused()).isFalse();
        }
    }

    @Test
    void whatFindsTheCacheInUseWaitsForIt() throws Exception {
        ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor();
        try (Scratch reader = Scratch.open(app("a1").keep(true).budgetBytes(30));
                Scratch waiting = Scratch.open(app("a2").keep(true).budgetBytes(30))) {
            List<ScratchFile> used = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                used.add(reader.obtain(FileExpectation.of("f" + i, 10), TEN));
            }
            assertThatThrownBy(() -> waiting.obtain(FileExpectation.optional("zones", 10, file -> true), NEVER))
                    .as("what one can do without does not wait")
                    .satisfies(is(Condition.SCRATCH_FULL));
            assertThatThrownBy(() -> waiting.obtain(FileExpectation.of("large", 31), NEVER))
                    .as("what will never fit does not wait")
                    .satisfies(is(Condition.SCRATCH_FULL));
            assertThat(left("keep")).containsExactly("f0", "f1", "f2");
            later.schedule(() -> used.get(1).close(), 400, TimeUnit.MILLISECONDS);
            try (ScratchFile made = waiting.obtain(FileExpectation.of("f3", 10), TEN)) {
                assertThat(made.reused()).isFalse();
            }
            assertThat(left("keep")).containsExactly("f0", "f2", "f3");
        } finally {
            later.shutdownNow();
        }
    }

    @Test
    void theWaitForRoomIsBounded() throws IOException {
        Duration patience = Duration.ofMillis(600);
        try (Scratch scratch = Scratch.open(app("a1").keep(true).budgetBytes(15).patience(patience))) {
            scratch.obtain(FileExpectation.of("f1", 10), TEN);
            long start = System.nanoTime();
            assertThatThrownBy(() -> scratch.obtain(FileExpectation.of("f2", 10), NEVER))
                    .satisfies(is(Condition.SCRATCH_FULL));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(patience, Duration.ofSeconds(15));
        }
        try (Scratch scratch = Scratch.open(app("a2").budgetBytes(15))) {
            scratch.obtain(FileExpectation.of("f1", 10), TEN);
            long start = System.nanoTime();
            assertThatThrownBy(() -> scratch.obtain(FileExpectation.of("f2", 10), NEVER))
                    .as("what is not the cache stays until the application ends")
                    .satisfies(is(Condition.SCRATCH_FULL));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
        }
    }

    @Test
    void theCacheOutlivesApplicationsAndLetsTheLeastRecentlyUsedGo() throws IOException {
        List<Path> paths = new ArrayList<>();
        try (Scratch scratch = Scratch.open(impatient("a1"))) {
            for (int i = 0; i < 3; i++) {
                paths.add(scratch.obtain(FileExpectation.of("f" + i, 10), TEN).path());
                Files.setLastModifiedTime(paths.get(i), FileTime.fromMillis(1000 + i));
            }
            assertThatThrownBy(() -> scratch.obtain(FileExpectation.of("f3", 10), NEVER))
                    .as("all are in use")
                    .satisfies(is(Condition.SCRATCH_FULL));
        }
        try (Scratch scratch = Scratch.open(impatient("a2"))) {
            assertThat(scratch.obtain(FileExpectation.of("f0", 10), NEVER).reused())
                    .isTrue();
            scratch.obtain(FileExpectation.of("f3", 10), TEN);
            assertThat(paths.get(0)).exists();
            assertThat(paths.get(1)).doesNotExist();
            assertThat(paths.get(2)).exists();
            try (Scratch other = Scratch.open(impatient("a3"))) {
                other.obtain(FileExpectation.of("f4", 10), TEN);
                assertThat(paths.get(2)).doesNotExist();
                assertThatThrownBy(() -> other.obtain(FileExpectation.of("f5", 10), NEVER))
                        .as("two are in use by another, one by this")
                        .satisfies(is(Condition.SCRATCH_FULL));
            }
        }
        assertThat(left("keep")).containsExactly("f0", "f3", "f4");
    }

    @Test
    void oneScratchPerSettingsAndProcess() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new ObjectOutputStream(bytes).writeObject(app("a1").budgetBytes(5).patience(Duration.ofMillis(3)));
        ScratchSettings copy =
                (ScratchSettings) new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
        Scratch scratch = NodeScratch.get(copy).scratch();
        assertThat(NodeScratch.get(app("a1").budgetBytes(5).patience(Duration.ofMillis(3)))
                        .scratch())
                .isSameAs(scratch);
        NodeScratch.closeAll();
        assertThat(folder).isEmptyDirectory();
        assertThat(NodeScratch.get(copy).scratch()).isNotSameAs(scratch);
        NodeScratch.closeAll();
    }

    @Test
    void tellsWhatLiesInScratchAndRemovesWhatNobodyUses() throws IOException {
        try (Scratch keep = Scratch.open(app("a0").keep(true))) {
            keep.obtain(FileExpectation.of("k", 10), TEN);
        }
        try (Scratch scratch = Scratch.open(app("a1"))) {
            scratch.obtain(FileExpectation.of("f", 10), TEN);
            List<ScratchScope> scopes = ScratchScopes.list(List.of(folder + "", folder + "/none"));
            Map<String, ScratchScope> by = scopes.stream().collect(Collectors.toMap(ScratchScope::name, s -> s));
            assertThat(by).containsOnlyKeys("app-a1", "keep");
            assertThat(by.get("app-a1").isInUse()).isTrue();
            assertThat(by.get("app-a1").bytes()).isEqualTo(10);
            assertThat(ScratchScopes.remove(by.get("app-a1"))).isFalse();
            assertThat(by.get("keep")).hasToString(scope("keep") + ": 1 files, 10 bytes, not in use");
            assertThat(ScratchScopes.remove(by.get("keep"))).isTrue();
            assertThat(scope("keep")).doesNotExist();
            assertThat(scratch.obtain(FileExpectation.of("f", 10), NEVER).reused())
                    .isTrue();
        }
    }

    private List<String> descriptors() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.map(ScratchTest::target)
                    .filter(target -> target.startsWith(folder.toString()))
                    .toList();
        }
    }

    private static String target(Path fd) {
        try {
            return Files.readSymbolicLink(fd).toString();
        } catch (IOException e) {
            return "";
        }
    }

    private ScratchSettings app(String application) {
        return ScratchSettings.of(List.of(folder.toString()), application);
    }

    /** A cache of three files, and no time to wait for what is in use. */
    private ScratchSettings impatient(String application) {
        return app(application).keep(true).budgetBytes(30).patience(Duration.ZERO);
    }

    private ScratchSettings two(String application) {
        return ScratchSettings.of(
                List.of(folder.resolve("one").toString(), folder.resolve("two").toString()), application);
    }

    private Path root() {
        return folder.resolve(PrivateAccess.userFolderName());
    }

    private Path scope(String name) {
        return root().resolve(name);
    }

    private List<String> left(String scope) throws IOException {
        return left(scope(scope));
    }

    static List<String> left(Path files) throws IOException {
        try (Stream<Path> found = Files.list(files)) {
            return found.map(path -> path.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
    }

    private static Consumer<Throwable> is(Condition condition) {
        return e -> assertThat(((ZipmapException) e).condition()).isEqualTo(condition);
    }

    private static int run(String... command) throws Exception {
        return new ProcessBuilder(command).start().waitFor();
    }
}
