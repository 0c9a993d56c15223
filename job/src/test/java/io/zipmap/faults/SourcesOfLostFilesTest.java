package io.zipmap.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.archive.ArchiveRef;
import io.zipmap.fs.Sources;
import io.zipmap.scratch.Scratch;
import io.zipmap.scratch.ScratchSettings;
import io.zipmap.store.ArrayRecord;
import io.zipmap.store.ExtractRules.InPlace;
import io.zipmap.store.ExtractRules.Verify;
import io.zipmap.store.Placement;
import io.zipmap.testing.Errors;
import io.zipmap.testing.LocalOpener;
import io.zipmap.testing.Zips;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.assertj.core.api.ThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A lost file is healed only from the same generation of its archive, so no result mixes two generations. */
class SourcesOfLostFilesTest {
    private static final FileTime LATER = FileTime.fromMillis(2_000_000_000_000L);

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

    private OneNode node(InPlace inPlace) {
        return OneNode.of(scratch, new Sources(new Configuration(false)), Verify.SIZE, inPlace);
    }

    @Test
    void aSourceReplacedBetweenExtractAndMapIsNamedWhenTheFileIsLost() throws IOException {
        OneNode node = node(InPlace.NEVER);
        Path archive = OneNode.archive(folder, 1);
        ArrayRecord record = node.extract(archive);
        OneNode.archive(folder, 1);
        Files.setLastModifiedTime(archive, LATER);
        assertThat(node.sum(record))
                .as("the file is of the generation that was asked for")
                .isEqualTo(OneNode.expected(1));
        Files.delete(Path.of(record.path()));
        assertNamesBoth(Errors.named(Condition.SOURCE_CHANGED, () -> node.sum(record)), record, archive);
    }

    @Test
    void aReplacedSourceOfTheSameLengthAndTimeIsFoundByItsChecksum() throws IOException {
        OneNode node = node(InPlace.NEVER);
        Path archive = Zips.stored(folder.resolve("a.zip"), "x.npy", Zips.npy(OneNode.COUNT, 1, OneNode.COUNT));
        FileTime time = Files.getLastModifiedTime(archive);
        ArrayRecord record = node.extract(archive);
        Zips.stored(archive, "x.npy", Zips.npy(OneNode.COUNT, 2, OneNode.COUNT));
        Files.setLastModifiedTime(archive, time);
        Files.delete(Path.of(record.path()));
        assertNamesBoth(Errors.named(Condition.SOURCE_CHANGED, () -> node.sum(record)), record, archive);
    }

    @Test
    void aMissingSourceIsNamedTogetherWithTheFile() throws IOException {
        OneNode node = node(InPlace.NEVER);
        Path archive = OneNode.archive(folder, 1);
        ArrayRecord record = node.extract(archive);
        Files.delete(archive);
        assertThat(node.sum(record)).isEqualTo(OneNode.expected(1));
        Files.delete(Path.of(record.path()));
        assertNamesBoth(Errors.named(Condition.SOURCE_MISSING, () -> node.sum(record)), record, archive);
    }

    private static void assertNamesBoth(ZipmapException error, ArrayRecord record, Path archive) {
        assertThat(error)
                .hasMessageContaining(record.path())
                .hasMessageContaining("archive: " + archive)
                .hasMessageContaining("entry: x.npy");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aSourceReplacedWhileItIsReadInPlaceGivesNoNumber(boolean rename) throws IOException {
        OneNode node = node(InPlace.AUTO);
        Path archive = Zips.stored(folder.resolve("a.zip"), "x.npy", Zips.npy(OneNode.COUNT, 1, OneNode.COUNT));
        Path other = Zips.stored(folder.resolve("b.zip"), "x.npy", Zips.npy(OneNode.COUNT, 2, OneNode.COUNT));
        ArrayRecord record = node.extract(archive);
        assertThat(record.placed()).isEqualTo(Placement.IN_PLACE);
        Errors.named(
                Condition.SOURCE_CHANGED,
                () -> node.read(record, (array, heals) -> {
                    double first = array.getDouble(0);
                    replace(archive, other, rename);
                    return first + OneNode.sum(array);
                }));
        Errors.named(Condition.SOURCE_CHANGED, () -> node.sum(record));
    }

    private static void replace(Path archive, Path replacement, boolean rename) throws IOException {
        if (rename) {
            Files.move(replacement, archive, StandardCopyOption.REPLACE_EXISTING);
        } else {
            try (FileChannel out = FileChannel.open(archive, StandardOpenOption.WRITE)) {
                out.write(ByteBuffer.wrap(Files.readAllBytes(replacement)));
            }
        }
        Files.setLastModifiedTime(archive, LATER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"deflated.zip", "stored.zip", "bare.npy"})
    void aSourceReplacedAtAnyReadOfItsExtractionIsNeverMixed(String name) throws IOException {
        Path other = write(Files.createDirectory(folder.resolve("other")).resolve(name), 2);
        int changed = 0;
        for (int nth = 1; nth <= 12; nth++) {
            Path archive =
                    write(Files.createDirectory(folder.resolve("in" + nth)).resolve(name), 1);
            Replacing opener = new Replacing(archive, other, nth);
            OneNode node = OneNode.of(scratch, opener, Verify.SIZE, InPlace.NEVER);
            if (opener.failsOnReplacement(() -> node.extract(archive))) {
                changed++;
                assertThat(OneNode.files(scratchFolder)).isEmpty();
            } else {
                for (Path file : OneNode.files(scratchFolder)) {
                    OneNode.assertSound(file, 1);
                    Files.delete(file);
                }
            }
        }
        assertThat(changed).isPositive();
    }

    /** Replaces the archive before its read number {@code before}. */
    private static final class Replacing extends LocalOpener {
        private final Path archive;
        private final Path replacement;
        private int reads;

        Replacing(Path archive, Path replacement, int before) {
            this.archive = archive;
            this.replacement = replacement;
            this.reads = -before;
        }

        @Override
        protected void beforeRead(ArchiveRef ref, long position) throws IOException {
            if (++reads == 0) {
                replace(archive, replacement, false);
            }
        }

        /** Whether the extraction failed. If it does not, it has extracted the old archive. */
        boolean failsOnReplacement(ThrowableAssert.ThrowingCallable extraction) {
            Throwable thrown = ThrowableAssert.catchThrowable(extraction);
            if (thrown != null) {
                Errors.named(Condition.SOURCE_CHANGED, () -> {
                    throw thrown;
                });
            }
            return thrown != null;
        }
    }

    private static Path write(Path file, int number) throws IOException {
        byte[] npy = Zips.npy(OneNode.COUNT, number, OneNode.COUNT);
        return switch (file.getFileName().toString()) {
            case "deflated.zip" -> Zips.deflated(file, "x.npy", npy);
            case "stored.zip" -> Zips.stored(file, "x.npy", npy);
            default -> Files.write(file, npy);
        };
    }
}
