package io.zipmap.scratch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zipmap.Condition;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScratchTest extends ScratchFixture {
    @Test
    void makesAFileThatOnlyItsOwnerCanReadAndReusesIt() throws IOException {
        try (Scratch scratch = Scratch.open(app("a1"))) {
            ScratchFile made = scratch.obtain(tenBytes("ab12.npy"), TEN_BYTES);
            assertThat(made.reused()).isFalse();
            assertThat(made.path())
                    .hasContent("0123456789")
                    .isEqualTo(scope("app-a1").resolve("ab12.npy"));
            assertThat(mode(made.path())).isEqualTo("r--------");
            assertThat(mode(scope("app-a1"))).isEqualTo("rwx------");
            assertThat(mode(root())).isEqualTo("rwx------");
            ScratchFile again = scratch.obtain(tenBytes("ab12.npy"), NEVER_CALLED);
            assertThat(again.reused()).isTrue();
            assertThat(again.path()).isEqualTo(made.path());
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void makesEachFileOnceForTwentyThreads() throws Exception {
        Map<String, AtomicInteger> made = new ConcurrentHashMap<>();
        ExecutorService threads = Executors.newFixedThreadPool(20);
        try (Scratch scratch = Scratch.open(twoFolders("a1"))) {
            List<Future<ScratchFile>> files = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                String name = "file" + i % 5;
                files.add(threads.submit(() -> scratch.obtain(tenBytes(name), out -> {
                    made.computeIfAbsent(name, n -> new AtomicInteger()).incrementAndGet();
                    LockSupport.parkNanos(20_000_000);
                    TEN_BYTES.write(out);
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
    void leavesNothingOfAFileWhoseWriterFails() throws IOException {
        try (Scratch scratch = Scratch.open(app("a1").budgetBytes(15))) {
            assertThatThrownBy(() -> scratch.obtain(tenBytes("f"), out -> {
                        out.write(ByteBuffer.allocate(4));
                        throw new IOException("the archive ended");
                    }))
                    .isInstanceOf(IOException.class)
                    .hasMessage("the archive ended");
            assertThatThrownBy(() -> scratch.obtain(FileExpectation.of("f", 11), TEN_BYTES))
                    .satisfies(hasCondition(Condition.SIZE_MISMATCH))
                    .hasMessageContaining("expected: 11 bytes; actual: 10 bytes");
            assertThatThrownBy(() -> scratch.obtain(FileExpectation.of("f", 9), TEN_BYTES))
                    .satisfies(hasCondition(Condition.SIZE_MISMATCH));
            assertThat(fileNames("app-a1")).isEmpty();
            assertThat(scratch.obtain(tenBytes("f"), TEN_BYTES).reused()).isFalse();
        }
    }

    @Test
    void anInterruptStopsTheWriterAndLeavesScratchUsable() throws IOException {
        try (Scratch scratch = Scratch.open(twoFolders("a1"))) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> scratch.obtain(tenBytes("f"), TEN_BYTES)).isInstanceOf(IOException.class);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(scratch.obtain(tenBytes("f"), TEN_BYTES).reused()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"mkdir -p $0/sub", "mkfifo $0", "ln -s /etc/passwd $0", "echo short > $0", "echo 123456789 > $0"
            })
    void replacesADamagedFile(String command) throws Exception {
        try (Scratch scratch = Scratch.open(app("a1"))) {
            Path path = scratch.obtain(tenBytes("f"), TEN_BYTES).path();
            Files.delete(path);
            assertThat(run("sh", "-c", command, path.toString())).isZero();
            assertThat(scratch.obtain(tenBytes("f"), TEN_BYTES).reused()).isFalse();
            assertThat(path).isRegularFile().hasContent("0123456789");
            assertThat(mode(path)).isEqualTo("r--------");
        }
        assertThat(Path.of("/etc/passwd")).exists();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "../f", "a/b", ".lease-x", "A", "f.part-1", "ä"})
    void refusesNamesThatAreNotDigests(String name) throws IOException {
        try (Scratch scratch = Scratch.open(app("a1"))) {
            assertThatThrownBy(() -> scratch.obtain(tenBytes(name), TEN_BYTES))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> app("../x")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theLastCloseRemovesTheApplicationsFiles() throws IOException {
        Scratch first = Scratch.open(app("a1"));
        Scratch second = Scratch.open(app("a1"));
        Path path = first.obtain(tenBytes("f"), TEN_BYTES).path();
        first.close();
        first.close();
        assertThat(second.obtain(tenBytes("f"), NEVER_CALLED).path()).isEqualTo(path);
        assertThatThrownBy(() -> first.obtain(tenBytes("f"), TEN_BYTES)).isInstanceOf(IllegalStateException.class);
        second.close();
        assertThat(folder).isEmptyDirectory();
        assertThat(descriptors()).isEmpty();
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
}
