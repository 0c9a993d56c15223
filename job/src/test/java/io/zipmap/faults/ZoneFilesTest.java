package io.zipmap.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.scratch.Scratch;
import io.zipmap.scratch.ScratchScope;
import io.zipmap.scratch.ScratchScopes;
import io.zipmap.scratch.ScratchSettings;
import io.zipmap.store.ArrayRecord;
import io.zipmap.store.ExtractRules.InPlace;
import io.zipmap.store.ExtractRules.Verify;
import io.zipmap.store.HeldArray;
import io.zipmap.testing.LocalOpener;
import io.zipmap.testing.SettledFilesExtension;
import io.zipmap.testing.Zips;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A zone file is always of the bytes of its archive, whatever happens to it or to the array's file, and is removed with
 * the array's file. The zone map of these tests is a sum.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@ExtendWith(SettledFilesExtension.class)
class ZoneFilesTest {
    /** Size of a zone file: the checksum and the sum. */
    private static final int FILE_BYTES = 16;

    @TempDir
    Path folder;

    private final AtomicInteger made = new AtomicInteger();

    private ScratchSettings settings() {
        return ScratchSettings.of(List.of(scratchFolder().toString()), "a1");
    }

    private Path scratchFolder() {
        return folder.resolve("scratch");
    }

    private List<Path> zoneFiles() throws IOException {
        return OneNode.files(scratchFolder()).stream()
                .filter(file -> file.toString().endsWith(".zones"))
                .toList();
    }

    /** The zone map of a part; null if there is none. */
    private Double zone(HeldArray held, String part) throws IOException {
        ByteBuffer zones = held.zones(part, Double.BYTES, array -> {
            made.incrementAndGet();
            return ByteBuffer.allocate(Double.BYTES)
                    .putDouble(OneNode.sum(array))
                    .flip();
        });
        return zones == null ? null : zones.getDouble();
    }

    @Test
    void isMadeOnceForAllReadersAndRemovedWithTheApplication() throws Exception {
        Path archive = OneNode.archive(folder, 5);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try (Scratch scratch = Scratch.open(settings())) {
            OneNode node = OneNode.of(scratch);
            List<Future<Double>> sums = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                String part = "part " + i % 2;
                sums.add(threads.submit(() -> {
                    try (HeldArray held = node.hold(archive)) {
                        return zone(held, part);
                    }
                }));
            }
            for (Future<Double> sum : sums) {
                assertThat(sum.get(60, TimeUnit.SECONDS)).isEqualTo(OneNode.expected(5));
            }
            assertThat(made).hasValue(2);
            assertThat(zoneFiles()).hasSize(2).allSatisfy(file -> {
                assertThat(file).hasSize(FILE_BYTES);
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo("r--------");
            });
        } finally {
            threads.shutdownNow();
        }
        assertThat(scratchFolder()).isEmptyDirectory();
    }

    private enum Replacement {
        SHORTER("chmod 600 \"$1\" && truncate -s -1 \"$1\" && chmod 400 \"$1\""),
        EMPTY("chmod 600 \"$1\" && : > \"$1\" && chmod 400 \"$1\""),
        A_BYTE_CHANGED(
                "chmod 600 \"$1\" && printf x | dd of=\"$1\" bs=1 seek=9 conv=notrunc status=none && chmod 400 \"$1\""),
        ANOTHER_ARRAYS("cp -f \"$2\" \"$1\" && chmod 400 \"$1\""),
        WRITABLE("chmod 600 \"$1\""),
        A_LINK("cp -p \"$1\" \"$1.moved\" && ln -sf \"$1.moved\" \"$1\""),
        A_FOLDER("rm -f \"$1\" && mkdir -p \"$1/in\"");

        private final String script;

        Replacement(String script) {
            this.script = script;
        }
    }

    @ParameterizedTest
    @EnumSource
    void isMadeAgainIfSomethingElseIsInItsPlace(Replacement replacement) throws Exception {
        try (Scratch scratch = Scratch.open(settings())) {
            OneNode node = OneNode.of(scratch);
            try (HeldArray other = node.hold(OneNode.archive(folder, 6));
                    HeldArray held = node.hold(OneNode.archive(folder, 5))) {
                zone(other, "sum");
                Path others = zoneFiles().get(0);
                zone(held, "sum");
                Path file = zoneFiles().stream()
                        .filter(one -> !one.equals(others))
                        .findFirst()
                        .orElseThrow();
                byte[] sound = Files.readAllBytes(file);
                Shell.run(replacement.script, file, others);
                assertThat(zone(held, "sum")).isEqualTo(OneNode.expected(5));
                assertThat(made).hasValue(3);
                assertThat(file).isRegularFile().hasBinaryContent(sound);
                assertThat(zone(held, "sum")).isEqualTo(OneNode.expected(5));
                assertThat(made).hasValue(3);
                Files.deleteIfExists(Path.of(file + ".moved"));
            }
        }
    }

    @Test
    void isNeverMadeOfDamagedBytesWhateverIsVerified() throws IOException {
        try (Scratch scratch = Scratch.open(settings())) {
            OneNode node = OneNode.of(scratch, new LocalOpener(), Verify.SIZE, InPlace.NEVER);
            Path archive = OneNode.archive(folder, 3);
            try (HeldArray held = node.hold(archive)) {
                overwrite(node.extract(archive));
                assertThat(held.<Double>read((array, heals) -> OneNode.sum(array)))
                        .isNotEqualTo(OneNode.expected(3));
                assertThat(zone(held, "sum")).isEqualTo(OneNode.expected(3));
                assertThat(held.heals()).isEqualTo(1);
            }
            OneNode.assertSound(Path.of(node.extract(archive).path()), 3);
        }
    }

    @Test
    void isNeverMadeOfADamagedFileThatWasReplacedByASoundOne() throws IOException {
        try (Scratch scratch = Scratch.open(settings())) {
            OneNode node = OneNode.of(scratch);
            OneNode strict = OneNode.of(scratch, new LocalOpener(), Verify.CRC, InPlace.NEVER);
            Path archive = OneNode.archive(folder, 3);
            ArrayRecord record = node.extract(archive);
            overwrite(record);
            try (HeldArray held = node.hold(archive)) {
                assertThat(strict.sum(record)).isEqualTo(OneNode.expected(3));
                assertThat(held.<Double>read((array, heals) -> OneNode.sum(array)))
                        .isNotEqualTo(OneNode.expected(3));
                assertThat(zone(held, "sum")).isEqualTo(OneNode.expected(3));
            }
        }
    }

    @Test
    void anArrayWhoseFolderWasReplacedByAFileIsExtractedIntoAnother() throws Exception {
        List<String> folders =
                List.of(folder.resolve("d1").toString(), folder.resolve("d2").toString());
        try (Scratch scratch = Scratch.open(ScratchSettings.of(folders, "a1"))) {
            OneNode node = OneNode.of(scratch);
            Path archive = OneNode.archive(folder, 3);
            node.hold(archive).close();
            Path scope = Path.of(node.extract(archive).path()).getParent();
            Shell.run("rm -rf \"$1\" && touch \"$1\"", scope);
            try (HeldArray held = node.hold(archive)) {
                assertThat(zone(held, "sum")).isEqualTo(OneNode.expected(3));
                assertThat(held.heals()).isEqualTo(1);
            }
            Files.delete(scope);
        }
    }

    private static void overwrite(ArrayRecord record) throws IOException {
        Path file = Path.of(record.path());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(10_003);
            bytes.write(99);
        }
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
    }

    @Test
    void isEvictedWithItsArray() throws IOException {
        long budget = OneNode.FILE_BYTES + 2 * FILE_BYTES;
        try (Scratch scratch = Scratch.open(settings().keep(true).budgetBytes(budget))) {
            OneNode node = OneNode.of(scratch);
            try (HeldArray held = node.hold(OneNode.archive(folder, 1))) {
                zone(held, "one");
                zone(held, "two");
            }
            assertThat(zoneFiles()).hasSize(2);
            for (Path file : zoneFiles()) {
                Files.setLastModifiedTime(file, FileTime.fromMillis(System.currentTimeMillis() + 100_000));
            }
            node.extract(OneNode.archive(folder, 2));
            assertThat(OneNode.files(scratchFolder()))
                    .singleElement()
                    .asString()
                    .endsWith(".npy");
        }
        for (ScratchScope scope : ScratchScopes.list(List.of(scratchFolder().toString()))) {
            assertThat(ScratchScopes.remove(scope)).isTrue();
        }
        assertThat(scratchFolder()).isEmptyDirectory();
    }

    @Test
    void isLeftOutIfScratchHasNoRoom() throws IOException {
        try (Scratch scratch = Scratch.open(settings().budgetBytes(OneNode.FILE_BYTES + FILE_BYTES - 1))) {
            try (HeldArray held = OneNode.of(scratch).hold(OneNode.archive(folder, 1))) {
                assertThat(zone(held, "sum")).isNull();
                assertThat(made).hasValue(0);
                assertThat(held.<Double>read((array, heals) -> OneNode.sum(array)))
                        .isEqualTo(OneNode.expected(1));
            }
        }
    }

    @Test
    void ofAnArrayInPlaceIsKeptInScratchWhileTheArchiveIsTheSame() throws IOException {
        Path archive = Zips.stored(folder.resolve("stored.zip"), "x.npy", Zips.npy(OneNode.COUNT, 1, OneNode.COUNT));
        try (Scratch scratch = Scratch.open(settings())) {
            OneNode node = OneNode.of(scratch, LocalOpener.inPlace(), Verify.SIZE, InPlace.AUTO);
            for (int number = 1; number < 3; number++) {
                byte[] array = Zips.npy(OneNode.COUNT, number, OneNode.COUNT);
                Zips.stored(archive, "x.npy", array);
                Files.setLastModifiedTime(archive, FileTime.fromMillis(1_000_000L * number));
                try (HeldArray held = node.hold(archive)) {
                    assertThat(zone(held, "sum")).isEqualTo(OneNode.expected(number));
                    assertThat(zone(held, "sum")).isEqualTo(OneNode.expected(number));
                }
            }
            assertThat(made).hasValue(2);
            assertThat(zoneFiles()).hasSize(2);
        }
    }
}
