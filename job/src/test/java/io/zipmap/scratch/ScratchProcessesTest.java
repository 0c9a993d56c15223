package io.zipmap.scratch;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.testing.ChildJvm;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several processes that use the same scratch, some of them killed or stopped. */
class ScratchProcessesTest extends ScratchFixture {
    private static final ContentWriter THOUSAND_BYTES = out -> out.write(ByteBuffer.allocate(1000));

    private static FileExpectation thousandBytes(String name) {
        return FileExpectation.of(name, 1000);
    }

    @Test
    void twoProcessesMakeEachFileOnce() throws Exception {
        String[] names = {"f0", "f1", "f2", "f3", "f4", "f5"};
        List<String> said = new ArrayList<>();
        try (ChildJvm one = ScratchWorker.start(":", folder, "a1", "close", names);
                ChildJvm two = ScratchWorker.start(":", folder, "a1", "close", names)) {
            assertThat(one.line()).isEqualTo("open");
            assertThat(two.line()).isEqualTo("open");
            one.go();
            two.go();
            said.addAll(one.rest());
            said.addAll(two.rest());
        }
        assertThat(said).hasSize(12);
        assertThat(said.stream().filter(line -> line.startsWith("made "))).hasSize(6);
        assertThat(said.stream().filter(line -> line.startsWith("reused "))).hasSize(6);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void whatAKilledProcessLeftIsSweptByTheNextStartOfAnyApplication() throws Exception {
        killBetweenWriteAndRename("a1");
        assertThat(fileNames("app-a1")).hasSize(1).allMatch(name -> name.startsWith("f.part-"));
        assertThat(ScratchScopes.list(List.of(folder.toString())).get(0).isInUse())
                .isFalse();
        try (Scratch next = Scratch.open(app("a2"))) {
            assertThat(scope("app-a1")).doesNotExist();
            assertThat(next.obtain(thousandBytes("f"), THOUSAND_BYTES).reused()).isFalse();
        }
        assertThat(folder).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void partsAndLeasesOfAKilledProcessGoButWholeFilesOfALiveScopeStay(boolean keep) throws Exception {
        ScratchSettings settings = app("a1").keep(keep).budgetBytes(2000);
        try (Scratch alive = Scratch.open(settings)) {
            alive.obtain(thousandBytes("whole"), THOUSAND_BYTES);
            killBetweenWriteAndRename(keep ? "keep:a1" : "a1");
            assertThat(alive.obtain(thousandBytes("f"), THOUSAND_BYTES).reused())
                    .as("its lock and its bytes are free again")
                    .isFalse();
            try (Scratch next = Scratch.open(settings)) {
                assertThat(fileNames(keep ? "keep" : "app-a1")).containsExactly("f", "whole");
                assertThat(ScratchLease.list(scope(keep ? "keep" : "app-a1"))).hasSize(2);
            }
        }
    }

    @Test
    void neverSweepsALiveOwner() throws Exception {
        try (ChildJvm other = ScratchWorker.start(":", folder, "a1", "stay", "f")) {
            assertThat(other.line()).isEqualTo("open");
            other.go();
            Path file = Path.of(other.line().substring("made ".length()));
            Scratch.open(app("a2")).close();
            assertThat(file).exists();
            ScratchScope scope = ScratchScopes.list(List.of(folder.toString())).get(0);
            assertThat(scope.isInUse()).isTrue();
            assertThat(ScratchScopes.remove(scope)).isFalse();
            other.signal("STOP");
            Scratch.open(app("a2")).close();
            assertThat(file).exists();
        }
        Scratch.open(app("a2")).close();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void doesNotWaitForEverForAProcessThatWasStopped() throws Exception {
        try (ChildJvm other = ScratchWorker.start(":", folder, "a1", "hang", "f");
                Scratch scratch = Scratch.open(app("a1").patience(Duration.ofMillis(300)))) {
            assertThat(other.line()).isEqualTo("open");
            other.go();
            assertThat(other.line()).isEqualTo("written");
            other.signal("STOP");
            assertThat(scratch.obtain(thousandBytes("f"), THOUSAND_BYTES).reused())
                    .isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"000", "077", "377"})
    void modesDoNotDependOnTheUmask(String umask) throws Exception {
        try (ChildJvm other = ScratchWorker.start("umask " + umask, folder, "keep:a1", "close", "f")) {
            assertThat(other.line()).isEqualTo("open");
            other.go();
            assertThat(other.line()).isEqualTo("made " + scope("keep").resolve("f"));
            assertThat(other.line()).isNull();
        }
        assertThat(mode(scope("keep").resolve("f"))).isEqualTo("r--------");
        assertThat(mode(scope("keep"))).isEqualTo("rwx------");
        assertThat(mode(scope("keep").getParent())).isEqualTo("rwx------");
    }

    @Test
    void aLimitOnFileSizeIsADiskThatFails() throws Exception {
        try (ChildJvm other = ScratchWorker.start("ulimit -f 1", folder, "a1", "close", "f")) {
            assertThat(other.line()).isEqualTo("open");
            other.go();
            assertThat(other.rest())
                    .singleElement()
                    .asString()
                    .startsWith("[ZIPMAP_SCRATCH_UNUSABLE] Cannot put 1000 bytes into scratch: ")
                    .contains("File too large");
        }
    }

    @Test
    void aContainerOfThisMachineIsJudgedByItsLockAlone() throws Exception {
        try (ChildJvm other = staying()) {
            Path lease = ScratchLease.list(scope("app-a1")).get(0);
            rewrite(lease, 0, "another container");
            Scratch.open(app("a2")).close();
            assertThat(scope("app-a1")).as("its lock is held").exists();
            other.signal("KILL");
            assertThat(other.exitStatus()).isPositive();
            rewrite(lease, 0, "another container");
            Scratch.open(app("a2")).close();
            assertThat(scope("app-a1")).doesNotExist();
        }
    }

    @Test
    void aProcessNumberThatWasGivenToAnotherDoesNotKeepADeadOwnerAlive() throws Exception {
        try (ChildJvm other = staying()) {
            other.signal("KILL");
            assertThat(other.exitStatus()).isPositive();
            rewrite(
                    ScratchLease.list(scope("app-a1")).get(0),
                    2,
                    Long.toString(ProcessHandle.current().pid()));
            Scratch.open(app("a2")).close();
            assertThat(folder).isEmptyDirectory();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 4_000_000_000_000L})
    void aClockThatWasSetDoesNotMakeALiveOwnerLookDead(long time) throws Exception {
        try (ChildJvm other = staying()) {
            Path lease = ScratchLease.list(scope("app-a1")).get(0);
            for (Path path : List.of(lease, scope("app-a1").resolve("f"), scope("app-a1"))) {
                Files.setLastModifiedTime(path, FileTime.fromMillis(time));
            }
            try (Scratch next = Scratch.open(app("a2").budgetBytes(5000))) {
                next.obtain(thousandBytes("g"), THOUSAND_BYTES).close();
            }
            assertThat(scope("app-a1").resolve("f")).exists();
            assertThat(ScratchScopes.list(List.of(folder.toString())).get(0).isInUse())
                    .isTrue();
        }
    }

    private ChildJvm staying() throws IOException {
        ChildJvm other = ScratchWorker.start(":", folder, "a1", "stay", "f");
        assertThat(other.line()).isEqualTo("open");
        other.go();
        assertThat(other.line()).startsWith("made ");
        return other;
    }

    /** Writes into the same file: a new file would not be locked by the lease's process. */
    private static void rewrite(Path lease, int line, String text) throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(lease));
        lines.set(line, text);
        Files.writeString(lease, String.join("\n", lines) + "\n");
    }

    private void killBetweenWriteAndRename(String application) throws Exception {
        try (ChildJvm other = ScratchWorker.start(":", folder, application, "hang", "f")) {
            assertThat(other.line()).isEqualTo("open");
            other.go();
            assertThat(other.line()).isEqualTo("written");
            other.signal("KILL");
        }
    }
}
