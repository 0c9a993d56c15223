package io.zipmap.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zipmap.Condition;
import io.zipmap.archive.Archive;
import io.zipmap.archive.ArchiveLimits;
import io.zipmap.array.Dtype;
import io.zipmap.array.Order;
import io.zipmap.array.RawLayout;
import io.zipmap.mapped.MappedArray;
import io.zipmap.scratch.Scratch;
import io.zipmap.scratch.ScratchSettings;
import io.zipmap.store.ExtractRules.InPlace;
import io.zipmap.testing.Errors;
import io.zipmap.testing.LocalOpener;
import io.zipmap.testing.Zips;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The loop that maps, reads, heals and reads again, as a held array shows it. */
class HealingArrayTest {
    private static final int FLOATS = 10_000;
    private static final double SUM = FLOATS * (FLOATS - 1) / 2.0;

    @TempDir
    Path folder;

    private Path zip;
    private Scratch scratch;
    private ArrayStore store;

    @BeforeEach
    void open() throws IOException {
        zip = Zips.deflated(folder.resolve("a.zip"), "x.npy", Zips.npy(FLOATS, 0, FLOATS));
        scratch = Scratch.open(
                ScratchSettings.of(List.of(folder.resolve("scratch").toString()), "application"));
        store = new ArrayStore(
                new NodeFiles(scratch),
                new LocalOpener(),
                new ExtractRules(null, InPlace.NEVER, ArchiveLimits.DEFAULT),
                1 << 12,
                "here");
    }

    @AfterEach
    void close() throws IOException {
        scratch.close();
    }

    private HeldArray hold() throws IOException {
        RawLayout notNeeded = RawLayout.of(Dtype.parse("uint8"), new long[] {-1}, Order.C);
        return store.hold(LocalOpener.ref(zip), 0, "x.npy", notNeeded, -1);
    }

    private Path file() throws IOException {
        try (Archive archive = store.open(LocalOpener.ref(zip))) {
            return Path.of(store.extract(archive, archive.entries().get(0)).path());
        }
    }

    private void truncate() throws IOException {
        Path file = file();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.setLength(10);
        }
    }

    private static double sum(MappedArray array) throws IOException {
        double[] values = new double[FLOATS];
        array.read(0, values, 0, FLOATS);
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum;
    }

    @Test
    void healsTwiceForAllReadsOfAHeldArray() throws IOException {
        try (HeldArray held = hold()) {
            for (int healed = 0; healed < 2; healed++) {
                int before = healed;
                double sum = held.read((array, heals) -> {
                    if (heals == before) {
                        truncate();
                    }
                    return sum(array);
                });
                assertThat(sum).isEqualTo(SUM);
                assertThat(held.heals()).isEqualTo(healed + 1);
            }
            Errors.named(
                    Condition.SCRATCH_DAMAGED,
                    () -> held.read((array, heals) -> {
                        truncate();
                        return sum(array);
                    }));
        }
    }

    @Test
    void countsTheBytesOfAllItsMappings() throws IOException {
        try (HeldArray held = hold()) {
            assertThat(held.mappedBytes()).isZero();
            held.<Double>read((array, heals) -> {
                double sum = sum(array);
                if (heals == 0) {
                    truncate();
                    array.getDouble(FLOATS - 1);
                }
                return sum;
            });
            assertThat(held.heals()).isEqualTo(1);
            assertThat(held.mappedBytes()).isEqualTo(2 * 4 * FLOATS);
        }
    }

    @Test
    void theNextHeldArrayFindsTheHealedFile() throws IOException {
        try (HeldArray held = hold()) {
            assertThat(held.extractedBytes()).isEqualTo(4 * FLOATS);
        }
        Files.delete(file());
        try (HeldArray held = hold()) {
            assertThat(held.heals()).isEqualTo(1);
            assertThat(held.reused()).isFalse();
            assertThat(held.extractedBytes()).isEqualTo(4 * FLOATS);
        }
        try (HeldArray held = hold()) {
            assertThat(held.reused()).isTrue();
            assertThat(held.extractedBytes()).isZero();
        }
    }

    @Test
    void isNotReadAfterItWasClosed() throws IOException {
        HeldArray held = hold();
        held.close();
        held.close();
        assertThatThrownBy(() -> held.read((array, heals) -> array.size())).isInstanceOf(IllegalStateException.class);
    }
}
