package io.zipmap.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.scratch.Scratch;
import io.zipmap.scratch.ScratchSettings;
import io.zipmap.store.ArrayRecord;
import io.zipmap.testing.ChildJvm;
import io.zipmap.tools.ReplacingProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A disk whose system calls fail, and a kernel that stops in the middle: on another process, by strace. */
@Tag("faults-root")
class SystemCallsTest {
    @TempDir
    Path folder;

    private Path one;
    private Path two;
    private Path archive;

    @BeforeEach
    void prepare() throws IOException {
        one = Files.createDirectory(folder.resolve("one"));
        two = Files.createDirectory(folder.resolve("two"));
        archive = OneNode.archive(folder.resolve("in"), 5);
    }

    private ChildJvm extracting(Path... scratch) throws IOException {
        String folders =
                String.join(",", List.of(scratch).stream().map(Path::toString).toList());
        ChildJvm child = ChildJvm.start(":", folder, ExtractingProcess.class, archive.toString(), folders);
        assertThat(child.line()).isEqualTo("open");
        return child;
    }

    @Test
    void aWriteErrorOnTheOnlyDiskIsNamed() throws Exception {
        try (ChildJvm child = extracting(one);
                Strace strace = Strace.attach(child.pid(), "write:error=EIO:when=1")) {
            child.go();
            assertThat(child.rest()).containsExactly("SCRATCH_UNUSABLE true", "files 0", "closed");
        }
        assertThat(one).isEmptyDirectory();
    }

    /** The second write of a file comes after the archive was read. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aWriteErrorOnOneDiskGoesToTheNext(int nth) throws Exception {
        try (ChildJvm child = extracting(one, two);
                Strace strace = Strace.attach(child.pid(), "write:error=EIO:when=" + nth)) {
            child.go();
            assertThat(child.rest()).containsExactly("right true", "files 1", "closed");
        }
        assertThat(one).isEmptyDirectory();
        assertThat(two).isEmptyDirectory();
    }

    @Test
    void aWriteErrorOnEveryDiskNamesThemAll() throws Exception {
        try (ChildJvm child = extracting(one, two);
                Strace strace = Strace.attach(child.pid(), "write:error=ENOSPC:when=1..2")) {
            child.go();
            assertThat(child.rest()).containsExactly("SCRATCH_FULL true", "files 0", "closed");
        }
        assertThat(one).isEmptyDirectory();
        assertThat(two).isEmptyDirectory();
    }

    @Test
    void anErrorOfTheRenameGoesToTheNext() throws Exception {
        try (ChildJvm child = extracting(one, two);
                Strace strace = Strace.attach(child.pid(), "?rename,?renameat,?renameat2:error=EIO:when=1")) {
            child.go();
            assertThat(child.rest()).containsExactly("right true", "files 1", "closed");
        }
        assertThat(one).isEmptyDirectory();
        assertThat(two).isEmptyDirectory();
    }

    @Test
    void aProcessKilledBetweenWriteAndRenameLeavesAPartThatTheNextStartSweeps() throws Exception {
        try (ChildJvm child = extracting(one);
                Strace strace = Strace.attach(child.pid(), "?rename,?renameat,?renameat2:signal=KILL:when=1")) {
            child.go();
            assertThat(child.rest()).isEmpty();
            assertThat(child.exitStatus()).isEqualTo(128 + 9);
        }
        assertThat(OneNode.files(one))
                .singleElement()
                .satisfies(part -> assertThat(part.getFileName().toString()).contains(".part-"));
        try (Scratch scratch = Scratch.open(ScratchSettings.of(List.of(one.toString()), "a1"))) {
            assertThat(OneNode.files(one)).isEmpty();
            OneNode node = OneNode.of(scratch);
            ArrayRecord record = node.extract(archive);
            assertThat(node.sum(record)).isEqualTo(OneNode.expected(5));
        }
        assertThat(one).isEmptyDirectory();
    }

    private String replacing(Path file, String... injections) throws Exception {
        try (ChildJvm child = ChildJvm.start(":", folder, ReplacingProcess.class, file.toString())) {
            assertThat(child.line()).isEqualTo("open");
            try (Strace strace = Strace.attach(child.pid(), injections)) {
                child.go();
                return child.line();
            }
        }
    }

    /** A process that renames without asking the disk for the bytes first would not notice the error. */
    @Test
    void packReplacesNoFileByBytesThatTheDiskDidNotTake() throws Exception {
        Path file = Files.writeString(one.resolve("a.npz"), "old");
        assertThat(replacing(file, "?fsync,?fdatasync:error=EIO:when=1")).isEqualTo("failed");
        assertThat(one.toFile().list()).containsExactly("a.npz");
        assertThat(file).hasContent("old");
        assertThat(replacing(file, "?fsync,?fdatasync:error=EIO:when=9")).isEqualTo("replaced");
        assertThat(one.toFile().list()).containsExactly("a.npz");
        assertThat(file).hasContent("new");
    }
}
