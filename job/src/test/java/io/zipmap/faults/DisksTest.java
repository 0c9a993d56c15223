package io.zipmap.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.Condition;
import io.zipmap.scratch.ContentWriter;
import io.zipmap.scratch.FileExpectation;
import io.zipmap.scratch.Scratch;
import io.zipmap.scratch.ScratchSettings;
import io.zipmap.store.ArrayRecord;
import io.zipmap.store.Placement;
import io.zipmap.testing.Errors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scratch on disks that are full, have no inodes, or are read-only, on real file systems that root mounts. */
@Tag("faults-root")
class DisksTest {
    private static final int BYTES = 200_000;

    @TempDir
    Path folder;

    private Path small;
    private Path good;

    @BeforeEach
    void folders() throws IOException {
        small = Files.createDirectory(folder.resolve("small"));
        good = Files.createDirectory(folder.resolve("good"));
    }

    @AfterEach
    void leavesNothing() {
        assertThat(small).as("unmounted").isEmptyDirectory();
        assertThat(good).isEmptyDirectory();
    }

    private Scratch open(Path... folders) throws IOException {
        return Scratch.open(
                ScratchSettings.of(List.of(folders).stream().map(Path::toString).toList(), "a1"));
    }

    private static ContentWriter writes(Runnable meanwhile) {
        return out -> {
            ByteBuffer half = ByteBuffer.allocate(BYTES / 2);
            out.write(half);
            meanwhile.run();
            out.write(half.rewind());
        };
    }

    private Runnable fill(Path disk) {
        return () -> {
            try {
                Shell.run("head -c 1m /dev/zero > \"$1\" 2>/dev/null || true", disk.resolve("filler"));
            } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
            }
        };
    }

    @Test
    void freeSpaceIsLookedAtBeforeTheFirstByte() throws Exception {
        try (Mount disk = Mount.tmpfs(small, "size=128k")) {
            ContentWriter never = out -> {
                throw new AssertionError("written to");
            };
            try (Scratch scratch = open(disk.path())) {
                assertThat(Errors.named(
                                Condition.SCRATCH_FULL, () -> scratch.obtain(FileExpectation.of("f", BYTES), never)))
                        .hasMessageContaining(disk.path().toString())
                        .hasMessageContaining("bytes free")
                        .hasMessageContaining("expected: a folder with " + BYTES);
            }
            try (Scratch scratch = open(disk.path(), good)) {
                assertThat(scratch.obtain(FileExpectation.of("f", BYTES), writes(() -> {}))
                                .path())
                        .startsWith(good);
            }
            assertThat(disk.path()).isEmptyDirectory();
        }
    }

    @Test
    void aDiskThatFillsUpMidExtractIsNamed() throws Exception {
        try (Mount disk = Mount.tmpfs(small, "size=300k");
                Scratch scratch = open(disk.path())) {
            assertThat(Errors.named(
                            Condition.SCRATCH_FULL,
                            () -> scratch.obtain(FileExpectation.of("f", BYTES), writes(fill(disk.path())))))
                    .hasMessageContaining("No space left")
                    .hasMessageContaining(disk.path().toString());
            assertNoFile(disk.path());
            Files.delete(disk.path().resolve("filler"));
            assertThat(scratch.obtain(FileExpectation.of("f", BYTES), writes(() -> {}))
                            .path())
                    .as("room again")
                    .startsWith(disk.path());
        }
    }

    /** Asserts that a disk has no scratch file and no part. */
    private static void assertNoFile(Path disk) throws Exception {
        Shell.run("test -z \"$(find \"$1\" -type f ! -name '.*' ! -name lock ! -name 'filler*')\"", disk);
    }

    @Test
    void aDiskThatFillsUpMidExtractIsLeftForTheNext() throws Exception {
        try (Mount disk = Mount.tmpfs(small, "size=1m");
                Mount second = Mount.tmpfs(good, "size=1m");
                Scratch scratch = open(disk.path(), second.path())) {
            int attempts = 0;
            for (int i = 0; attempts < 2; i++) {
                assertThat(i).as("names that all went to the other disk").isLessThan(100);
                AtomicInteger made = new AtomicInteger();
                ContentWriter maker = writes(() -> {
                    made.incrementAndGet();
                    fill(disk.path()).run();
                });
                Path file = scratch.obtain(FileExpectation.of("f" + i, BYTES), maker)
                        .path();
                assertThat(file).startsWith(second.path()).hasSize(BYTES);
                attempts = made.get();
                assertNoFile(disk.path());
                Files.delete(disk.path().resolve("filler"));
                Files.delete(file);
            }
        }
    }

    @Test
    void aDiskWithoutInodesIsNamedAndLeftForTheNext() throws Exception {
        try (Mount disk = Mount.tmpfs(small, "size=10m,nr_inodes=12")) {
            try (Scratch scratch = open(disk.path())) {
                useUpInodes(disk.path());
                assertThat(Errors.named(
                                Condition.SCRATCH_FULL,
                                () -> scratch.obtain(FileExpectation.of("f", BYTES), writes(() -> {}))))
                        .hasMessageContaining("No space left")
                        .hasMessageContaining("inodes or quota used up")
                        .hasMessageContaining(disk.path().toString());
                assertNoFile(disk.path());
                try (Scratch two = open(disk.path(), good)) {
                    assertThat(two.obtain(FileExpectation.of("f", BYTES), writes(() -> {}))
                                    .path())
                            .startsWith(good);
                }
            }
            Shell.run("rm \"$1\"/filler*", disk.path());
            assertThat(disk.path()).isEmptyDirectory();
        }
    }

    private static void useUpInodes(Path disk) throws Exception {
        Shell.run("i=0; while touch \"$1/filler$i\"; do i=$((i + 1)); done 2>/dev/null; test $i -gt 0", disk);
    }

    @Test
    void aFolderThatHasNoInodeForALeaseIsPassedOver() throws Exception {
        try (Mount disk = Mount.tmpfs(small, "size=10m,nr_inodes=4")) {
            Errors.named(Condition.SCRATCH_UNUSABLE, () -> open(disk.path()).close());
            assertThat(disk.path()).isEmptyDirectory();
            try (Scratch scratch = open(disk.path(), good)) {
                assertThat(scratch.obtain(FileExpectation.of("f", BYTES), writes(() -> {}))
                                .path())
                        .startsWith(good);
            }
            assertThat(disk.path()).isEmptyDirectory();
        }
    }

    @Test
    void aDiskThatBecomesReadOnlyIsStillReadAndLeftForTheNext() throws Exception {
        try (Mount disk = Mount.tmpfs(small, "size=10m");
                Mount second = Mount.tmpfs(good, "size=10m");
                Scratch scratch = open(disk.path(), second.path())) {
            OneNode node = OneNode.of(scratch);
            List<ArrayRecord> records = extractUntilOneIsOn(disk, node);
            try (Mount readOnly = Mount.readOnly(scope(records))) {
                for (int number = 0; number < records.size(); number++) {
                    assertThat(node.sum(records.get(number))).isEqualTo(OneNode.expected(number));
                }
                assertThat(node.healed).as("%s", readOnly.path()).isEmpty();
                for (int number = 100; number < 110; number++) {
                    ArrayRecord record = node.extract(OneNode.archive(folder.resolve("in"), number));
                    assertThat(record.path()).startsWith(second.path().toString());
                    assertThat(node.sum(record)).isEqualTo(OneNode.expected(number));
                }
            }
        }
    }

    @Test
    void theOnlyDiskThatBecomesReadOnlyIsNamed() throws Exception {
        try (Mount disk = Mount.tmpfs(small, "size=10m");
                Scratch scratch = open(disk.path())) {
            OneNode node = OneNode.of(scratch);
            List<ArrayRecord> records = extractUntilOneIsOn(disk, node);
            try (Mount readOnly = Mount.readOnly(scope(records))) {
                assertThat(Errors.named(
                                Condition.SCRATCH_UNUSABLE,
                                () -> node.extract(OneNode.archive(folder.resolve("in"), 100))))
                        .hasMessageContaining("Read-only file system")
                        .hasMessageContaining(disk.path().toString())
                        .as("%s", readOnly.path());
            }
        }
    }

    @Test
    void aReadOnlyCacheIsReusedAndASecondDiskTakesWhatIsNew() throws Exception {
        ScratchSettings settings = ScratchSettings.of(List.of(small.toString(), good.toString()), "a1")
                .keep(true)
                .budgetBytes(200L * OneNode.FILE_BYTES);
        try (Mount disk = Mount.tmpfs(small, "size=10m");
                Mount second = Mount.tmpfs(good, "size=10m");
                Scratch scratch = Scratch.open(settings)) {
            OneNode node = OneNode.of(scratch);
            List<ArrayRecord> records = extractUntilOneIsOn(disk, node);
            try (Mount readOnly = Mount.readOnly(scope(records))) {
                for (int number = 0; number < records.size(); number++) {
                    ArrayRecord again = node.extract(folder.resolve("in").resolve(number + ".zip"));
                    assertThat(again.placed()).as("%s", readOnly.path()).isEqualTo(Placement.REUSED);
                    assertThat(node.sum(again)).isEqualTo(OneNode.expected(number));
                }
                for (int number = 100; number < 104; number++) {
                    assertThat(node.extract(OneNode.archive(folder.resolve("in"), number))
                                    .path())
                            .startsWith(second.path().toString());
                }
            }
        }
    }

    /** Both disks have the same room, so the digest of a name decides which disk gets the file. */
    private List<ArrayRecord> extractUntilOneIsOn(Mount disk, OneNode node) throws IOException {
        List<ArrayRecord> records = new ArrayList<>();
        while (records.isEmpty()
                || !records.get(records.size() - 1)
                        .path()
                        .startsWith(disk.path().toString())) {
            assertThat(records).as("all on the other disk").hasSizeLessThan(60);
            records.add(node.extract(OneNode.archive(folder.resolve("in"), records.size())));
        }
        return records;
    }

    private static Path scope(List<ArrayRecord> records) {
        return Path.of(records.get(records.size() - 1).path()).getParent();
    }
}
