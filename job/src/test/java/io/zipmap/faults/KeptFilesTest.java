package io.zipmap.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.scratch.Scratch;
import io.zipmap.scratch.ScratchSettings;
import io.zipmap.store.ArrayRecord;
import io.zipmap.store.ExtractRules.InPlace;
import io.zipmap.store.ExtractRules.Verify;
import io.zipmap.store.HeldArray;
import io.zipmap.store.Placement;
import io.zipmap.testing.Errors;
import io.zipmap.testing.LocalOpener;
import io.zipmap.testing.Zips;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A file that another application left in the cache is read once before it is trusted, whatever is verified. */
class KeptFilesTest {
    @TempDir
    Path folder;

    private Scratch open() throws IOException {
        return Scratch.open(ScratchSettings.of(List.of(folder.resolve("scratch").toString()), "a1")
                .keep(true));
    }

    private static OneNode node(Scratch scratch) {
        return OneNode.of(scratch, new LocalOpener(), Verify.SIZE, InPlace.NEVER);
    }

    /** Flips one bit, and restores the mode and the times. */
    private static void flip(ArrayRecord record, long at) throws IOException {
        Path file = Path.of(record.path());
        FileTime time = Files.getLastModifiedTime(file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(at);
            int one = bytes.read();
            bytes.seek(at);
            bytes.write(one ^ 0x40);
        }
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
        Files.setLastModifiedTime(file, time);
    }

    @ParameterizedTest
    @CsvSource({"deflated,130", "stored,130", "deflated,24127", "stored,10003", "bare,130", "bare,24127"})
    void aFlippedBitIsFoundAndHealedByTheNextApplication(String how, long at) throws IOException {
        byte[] npy = Zips.npy(OneNode.COUNT, 4, OneNode.COUNT);
        Path archive = switch (how) {
            case "stored" -> Zips.stored(folder.resolve("a.zip"), "x.npy", npy);
            case "deflated" -> Zips.deflated(folder.resolve("a.zip"), "x.npy", npy);
            default -> Files.write(folder.resolve("remote.npy"), npy);
        };
        try (Scratch first = open()) {
            ArrayRecord record = node(first).extract(archive);
            assertThat(node(first).sum(record)).isEqualTo(OneNode.expected(4));
            flip(record, at);
        }
        try (Scratch second = open()) {
            ArrayRecord record = node(second).extract(archive);
            assertThat(record.placed()).isEqualTo(Placement.REUSED);
            OneNode node = node(second);
            assertThat(node.sum(record)).isEqualTo(OneNode.expected(4));
            assertThat(node.healed).hasSize(1);
            OneNode.assertSound(Path.of(record.path()), 4);
            assertThat(node.sum(record)).isEqualTo(OneNode.expected(4));
            assertThat(node.healed).as("this process wrote it").hasSize(1);
            flip(record, at);
        }
        try (Scratch third = open();
                HeldArray held = node(third).hold(archive)) {
            assertThat(held.<Double>read((array, heals) -> OneNode.sum(array))).isEqualTo(OneNode.expected(4));
            assertThat(held.heals()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aSoundFileIsReused(boolean bare) throws IOException {
        Path archive = bare
                ? Files.write(folder.resolve("remote.npy"), Zips.npy(OneNode.COUNT, 4, OneNode.COUNT))
                : OneNode.archive(folder, 4);
        try (Scratch first = open()) {
            node(first).extract(archive);
        }
        try (Scratch second = open()) {
            OneNode node = node(second);
            ArrayRecord record = node.extract(archive);
            for (int i = 0; i < 3; i++) {
                assertThat(node.sum(record)).isEqualTo(OneNode.expected(4));
            }
            assertThat(record.placed()).isEqualTo(Placement.REUSED);
            assertThat(node.healed).isEmpty();
            assertThat(node.filesRead).as("the same file").hasSize(1);
        }
    }

    @Test
    void aClosedArrayMayBeEvictedAlsoAfterAReadThatFailed() throws IOException {
        try (Scratch scratch = open();
                HeldArray held = node(scratch).hold(OneNode.archive(folder, 4))) {
            assertThat(marks()).hasSize(1);
            Errors.named(
                    Condition.TIME_OUT_OF_RANGE,
                    () -> held.read((array, heals) -> {
                        throw new ZipmapException(Condition.TIME_OUT_OF_RANGE, "Cannot go on");
                    }));
            held.close();
            assertThat(marks()).isEmpty();
        }
    }

    /** What says that a process reads a file. */
    private List<Path> marks() throws IOException {
        try (Stream<Path> all = Files.walk(folder.resolve("scratch"))) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> file.getParent().getFileName().toString().startsWith(".use-"))
                    .toList();
        }
    }
}
