package io.zipmap.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.Condition;
import io.zipmap.archive.ArchiveRef;
import io.zipmap.fs.Sources;
import io.zipmap.scratch.Scratch;
import io.zipmap.scratch.ScratchSettings;
import io.zipmap.store.ArrayRecord;
import io.zipmap.store.ExtractRules.InPlace;
import io.zipmap.store.ExtractRules.Verify;
import io.zipmap.store.HeldArray;
import io.zipmap.testing.Errors;
import io.zipmap.testing.LocalOpener;
import io.zipmap.testing.Zips;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A file that is mapped in place may be replaced, with the same length and time, between two reads of one run or query.
 * The results are never of two files.
 */
class OneGenerationTest {
    private static final FileTime TIME = FileTime.fromMillis(1_600_000_000_000L);

    @TempDir
    Path folder;

    private Scratch scratch;
    private OneNode node;

    @BeforeEach
    void open() throws IOException {
        scratch = Scratch.open(
                ScratchSettings.of(List.of(folder.resolve("scratch").toString()), "a1"));
        node = OneNode.of(scratch, new Sources(new Configuration(false)), Verify.SIZE, InPlace.AUTO);
    }

    @AfterEach
    void close() throws IOException {
        scratch.close();
    }

    private static Path write(Path file, int number) throws IOException {
        byte[] npy = Zips.npy(OneNode.COUNT, number, OneNode.COUNT);
        Path written = file.toString().endsWith(".npy") ? Files.write(file, npy) : Zips.stored(file, "x.npy", npy);
        return Files.setLastModifiedTime(written, TIME);
    }

    private void replace(Path file, int number) throws IOException {
        Path other = write(folder.resolve("other-" + file.getFileName()), number);
        Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.npy", "a.zip"})
    void allSlicesOfARunAreOfTheFileThatWasExtracted(String name) throws IOException {
        Path file = write(folder.resolve(name), 1);
        ArrayRecord record = node.extract(file);
        assertThat(node.sum(record)).isEqualTo(OneNode.expected(1));
        replace(file, 2);
        for (int i = 0; i < 3; i++) {
            Errors.named(Condition.SOURCE_CHANGED, () -> node.sum(record));
        }
        assertThat(node.sum(node.extract(file))).as("extracted anew").isEqualTo(OneNode.expected(2));
    }

    @Test
    void aCopyOfAnArchiveIsTheSameArchive() throws IOException {
        Path file = write(folder.resolve("a.zip"), 1);
        ArrayRecord record = node.extract(file);
        replace(file, 1);
        assertThat(node.sum(record)).isEqualTo(OneNode.expected(1));
        Files.createLink(folder.resolve("link"), file);
        assertThat(node.sum(record)).isEqualTo(OneNode.expected(1));
    }

    @Test
    void aHeldArrayIsNotReadFromAFileThatReplacedItsOwn() throws IOException {
        for (String name : List.of("a.npy", "a.zip")) {
            Path file = write(folder.resolve(name), 1);
            try (HeldArray held = node.hold(file)) {
                replace(file, 2);
                assertThat(held.<Double>read((array, heals) -> OneNode.sum(array)))
                        .isEqualTo(OneNode.expected(1));
                Errors.named(Condition.SOURCE_CHANGED, held::requireUnchanged);
            }
        }
    }

    @Test
    void allReadsOfOneReaderAreOfOneFileAndAnotherReaderMayReadAnother() throws IOException {
        Path file = write(folder.resolve("a.npy"), 1);
        ArchiveRef ref = LocalOpener.ref(file);
        assertThat(sum(ref, 7)).isEqualTo(OneNode.expected(1));
        replace(file, 2);
        for (int i = 0; i < 2; i++) {
            Errors.named(Condition.SOURCE_CHANGED, () -> sum(ref, 7));
        }
        assertThat(sum(ref, 8)).isEqualTo(OneNode.expected(2));
    }

    private double sum(ArchiveRef ref, long reader) throws IOException {
        try (HeldArray held = node.hold(ref, reader)) {
            return held.<Double>read((array, heals) -> OneNode.sum(array));
        }
    }
}
