package io.zipmap.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.Condition;
import io.zipmap.scratch.Scratch;
import io.zipmap.scratch.ScratchSettings;
import io.zipmap.store.ArrayRecord;
import io.zipmap.store.ExtractRules.InPlace;
import io.zipmap.store.ExtractRules.Verify;
import io.zipmap.store.Placement;
import io.zipmap.testing.ChildJvm;
import io.zipmap.testing.Errors;
import io.zipmap.testing.LocalOpener;
import io.zipmap.testing.Zips;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An extracted file that was lost or damaged is healed, whatever is in its place. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LostFilesTest {
    @TempDir
    Path folder;

    private Path scratchFolder;
    private Scratch scratch;

    @BeforeEach
    void open() throws IOException {
        scratchFolder = folder.resolve("scratch");
        scratch = Scratch.open(ScratchSettings.of(List.of(scratchFolder.toString()), "a1"));
    }

    @AfterEach
    void leavesNothing() throws IOException {
        scratch.close();
        assertThat(scratchFolder).isEmptyDirectory();
    }

    private OneNode node(Verify verify) {
        return OneNode.of(scratch, new LocalOpener(), verify, InPlace.NEVER);
    }

    @ParameterizedTest
    @EnumSource
    void whateverIsInTheFilesPlaceIsReplacedByASoundFile(Replacement replacement) throws Exception {
        Path archive = OneNode.archive(folder, 7);
        for (Verify verify : Verify.values()) {
            OneNode node = node(verify);
            ArrayRecord record = node.extract(archive);
            Path file = Path.of(record.path());
            Shell.run(replacement.script, file, folder.resolve("copy-" + verify));
            assertThat(node.sum(record)).isEqualTo(OneNode.expected(7));
            OneNode.assertSound(file, 7);
            assertThat(OneNode.files(scratchFolder)).containsExactly(file);
            assertThat(node.healed).hasSize(1);
            assertThat(node.sum(record)).isEqualTo(OneNode.expected(7));
            assertThat(node.healed).as("once").hasSize(1);
        }
    }

    private enum Replacement {
        NOTHING("rm -f \"$1\""),
        A_FOLDER("rm -f \"$1\" && mkdir -p \"$1/in/it\" && touch \"$1/in/it/file\""),
        A_FIFO("rm -f \"$1\" && mkfifo -m 0400 \"$1\""),
        A_SYMLINK_TO_THE_RIGHT_BYTES("cp -p \"$1\" \"$2\" && ln -sf \"$2\" \"$1\""),
        A_SYMLINK_TO_NOWHERE("ln -sf /nowhere \"$1\""),
        A_SOCKET_OR_DEVICE("ln -sf /dev/zero \"$1\""),
        LARGER("chmod 600 \"$1\" && echo more >> \"$1\" && chmod 400 \"$1\""),
        SMALLER("chmod 600 \"$1\" && truncate -s -1 \"$1\" && chmod 400 \"$1\""),
        EMPTY("chmod 600 \"$1\" && : > \"$1\" && chmod 400 \"$1\""),
        WRITABLE("chmod 600 \"$1\""),
        NO_SCOPE("rm -rf \"$(dirname \"$1\")\" && mkdir -m 0700 \"$(dirname \"$1\")\"");

        private final String script;

        Replacement(String script) {
            this.script = script;
        }
    }

    @Test
    void anOverwriteOfTheSameSizeIsFoundUnderVerifyCrc() throws IOException {
        OneNode node = node(Verify.CRC);
        ArrayRecord record = node.extract(OneNode.archive(folder, 3));
        assertThat(node.sum(record)).isEqualTo(OneNode.expected(3));
        assertThat(node.healed).isEmpty();
        overwrite(record, true);
        assertThat(node.sum(record)).isEqualTo(OneNode.expected(3));
        assertThat(node.healed).hasSize(1);
        OneNode.assertSound(Path.of(record.path()), 3);
    }

    /** Changes one byte. With the times restored, only the change time of the inode tells. */
    private static void overwrite(ArrayRecord record, boolean restoreTimes) throws IOException {
        Path file = Path.of(record.path());
        FileTime modified = Files.getLastModifiedTime(file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(10_003);
            bytes.write(99);
        }
        if (restoreTimes) {
            Files.setLastModifiedTime(file, modified);
        }
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
    }

    @Test
    void anArchiveThatWasOverwrittenInPlaceIsFoundUnderVerifyCrc() throws IOException {
        Path archive = Zips.stored(folder.resolve("stored.zip"), "x.npy", Zips.npy(OneNode.COUNT, 1, OneNode.COUNT));
        OneNode node = OneNode.of(scratch, LocalOpener.inPlace(), Verify.CRC, InPlace.AUTO);
        ArrayRecord record = node.extract(archive);
        assertThat(record.placed()).isEqualTo(Placement.IN_PLACE);
        assertThat(node.sum(record)).isEqualTo(OneNode.expected(1));
        FileTime modified = Files.getLastModifiedTime(archive);
        try (RandomAccessFile bytes = new RandomAccessFile(archive.toFile(), "rw")) {
            bytes.seek(10_003);
            bytes.write(99);
        }
        Files.setLastModifiedTime(archive, modified);
        assertThat(Errors.named(Condition.CRC_MISMATCH, () -> node.sum(record)).archive())
                .endsWith("stored.zip");
    }

    @Test
    void anArchiveNamedByALinkIsMappedInPlaceToo() throws IOException {
        Path archive = Zips.stored(folder.resolve("stored.zip"), "x.npy", Zips.npy(OneNode.COUNT, 1, OneNode.COUNT));
        Path link = Files.createSymbolicLink(folder.resolve("link.zip"), archive);
        OneNode node = OneNode.of(scratch, LocalOpener.inPlace(), Verify.SIZE, InPlace.AUTO);
        ArrayRecord record = node.extract(link);
        assertThat(record.placed()).isEqualTo(Placement.IN_PLACE);
        assertThat(node.sum(record)).isEqualTo(OneNode.expected(1));
        assertThat(node.healed).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"truncate -s 5000", "truncate -s 0"})
    void aFileTruncatedWhileItIsMappedIsHealed(String truncate) throws IOException {
        OneNode node = node(Verify.SIZE);
        ArrayRecord record = node.extract(OneNode.archive(folder, 4));
        AtomicInteger calls = new AtomicInteger();
        double sum = node.read(record, (array, heals) -> {
            double first = array.getDouble(OneNode.COUNT - 1);
            if (calls.getAndIncrement() == 0) {
                damage(record, truncate);
            }
            return first - first + OneNode.sum(array);
        });
        assertThat(sum).isEqualTo(OneNode.expected(4));
        assertThat(calls).hasValue(2);
        assertThat(node.healed).hasSize(1);
        OneNode.assertSound(Path.of(record.path()), 4);
    }

    private static void damage(ArrayRecord record, String command) throws IOException {
        try {
            Shell.run("chmod 600 \"$1\" && " + command + " \"$1\"", record.path());
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Test
    void aFileDeletedWhileItIsMappedIsReadToItsEndAndHealedForTheNextRead() throws IOException {
        OneNode node = node(Verify.SIZE);
        ArrayRecord record = node.extract(OneNode.archive(folder, 4));
        double sum = node.read(record, (array, heals) -> {
            double first = array.getDouble(0);
            Files.delete(Path.of(record.path()));
            return first - first + OneNode.sum(array);
        });
        assertThat(sum).isEqualTo(OneNode.expected(4));
        assertThat(node.healed).isEmpty();
        assertThat(node.sum(record)).isEqualTo(OneNode.expected(4));
        assertThat(node.healed).hasSize(1);
    }

    @Test
    void aFileTruncatedInEveryReadIsHealedTwiceAndThenReported() throws IOException {
        OneNode node = node(Verify.SIZE);
        ArrayRecord record = node.extract(OneNode.archive(folder, 4));
        AtomicInteger calls = new AtomicInteger();
        assertThat(Errors.named(
                        Condition.SCRATCH_DAMAGED,
                        () -> node.read(record, (array, heals) -> {
                            calls.incrementAndGet();
                            damage(record, "truncate -s 0");
                            return OneNode.sum(array);
                        })))
                .hasMessageContaining(record.path())
                .hasNoCause();
        assertThat(calls).hasValue(3);
        assertThat(node.healed).hasSize(2);
        assertThat(node.sum(record)).as("a new read heals again").isEqualTo(OneNode.expected(4));
    }

    @Test
    void aProcessOutlivesAHundredTruncations() throws Exception {
        try (ChildJvm child = ChildJvm.start(
                ":", folder, HealingProcess.class, "truncated", folder.toString(), scratchFolder.toString())) {
            assertThat(child.rest()).containsExactly("100 truncated, 100 right");
            assertThat(child.exitStatus()).isZero();
        }
        assertThat(folder.toFile().list((parent, name) -> name.startsWith("hs_err") || name.startsWith("core")))
                .isEmpty();
    }

    @Test
    void twentyThreadsHealTheSameFiveArchivesOnceEach() throws Exception {
        OneNode node = node(Verify.CRC);
        List<ArrayRecord> records = node.extract(folder.resolve("in"), 0, 5);
        breakEachInAnotherWay(records);
        ExecutorService threads = Executors.newFixedThreadPool(20);
        try {
            List<Future<Double>> sums = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                ArrayRecord record = records.get(i % 5);
                sums.add(threads.submit(() -> node.sum(record)));
            }
            for (int i = 0; i < 100; i++) {
                assertThat(sums.get(i).get(60, TimeUnit.SECONDS)).isEqualTo(OneNode.expected(i % 5));
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(node.healed).isNotEmpty();
        assertThat(node.filesRead).as("all threads read the same file").hasSize(5);
    }

    private static void breakEachInAnotherWay(List<ArrayRecord> records) throws Exception {
        Files.delete(Path.of(records.get(0).path()));
        damage(records.get(1), "truncate -s 100");
        overwrite(records.get(2), false);
        Shell.run(Replacement.A_FIFO.script, records.get(3).path());
        Shell.run(Replacement.A_FOLDER.script, records.get(4).path());
    }

    @Test
    void processesHealTheSameFiveArchivesOnceEach() throws Exception {
        OneNode node = node(Verify.CRC);
        List<ArrayRecord> records = node.extract(folder.resolve("in"), 0, 5);
        breakEachInAnotherWay(records);
        Path form = HealingProcess.write(records, folder.resolve("records"));
        List<ChildJvm> children = new ArrayList<>();
        List<String> said = new ArrayList<>();
        try {
            for (int i = 0; i < 4; i++) {
                children.add(ChildJvm.start(
                        ":", folder, HealingProcess.class, "heal", form.toString(), scratchFolder.toString()));
            }
            for (ChildJvm child : children) {
                assertThat(child.line()).isEqualTo("open");
            }
            for (ChildJvm child : children) {
                child.go();
            }
            for (ChildJvm child : children) {
                said.addAll(child.rest());
            }
        } finally {
            for (ChildJvm child : children) {
                child.close();
            }
        }
        assertThat(said.stream().filter(line -> line.equals("right"))).hasSize(4 * 5 * 5);
        assertThat(said.stream().filter(line -> line.startsWith("made ")).distinct())
                .as("all processes read the same file")
                .hasSize(5);
        for (int i = 0; i < 5; i++) {
            OneNode.assertSound(Path.of(records.get(i).path()), i);
        }
    }
}
