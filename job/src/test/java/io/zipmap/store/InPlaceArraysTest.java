package io.zipmap.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.Condition;
import io.zipmap.archive.Archive;
import io.zipmap.archive.ArchiveLimits;
import io.zipmap.archive.ArchiveOpener;
import io.zipmap.archive.ArchiveRef;
import io.zipmap.archive.ByteSource;
import io.zipmap.scratch.Scratch;
import io.zipmap.scratch.ScratchSettings;
import io.zipmap.store.ExtractRules.InPlace;
import io.zipmap.testing.Errors;
import io.zipmap.testing.SettledFilesExtension;
import io.zipmap.testing.Zips;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** An entry that is mapped in place is checked once, not in every run. */
@ExtendWith(SettledFilesExtension.class)
class InPlaceArraysTest {
    private static final int FLOATS = 100_000;

    @TempDir
    Path folder;

    private Path file;
    private Path scratch;
    private String version = "1";
    private long bytesRead;

    @BeforeEach
    void write() throws IOException {
        file = Zips.stored(folder.resolve("a.zip"), "x.npy", Zips.npy(FLOATS, 0, FLOATS));
        scratch = Files.createDirectories(folder.resolve("scratch"));
    }

    private Scratch open(boolean keep) throws IOException {
        return Scratch.open(
                ScratchSettings.of(List.of(scratch.toString()), "application").keep(keep));
    }

    /** @return bytes of the archive that were read for it */
    private long extract(Scratch scratch) throws IOException {
        bytesRead = 0;
        Opener opener = new Opener();
        ArrayStore store = new ArrayStore(
                new NodeFiles(scratch),
                opener,
                new ExtractRules(null, InPlace.ALWAYS, ArchiveLimits.DEFAULT),
                1 << 20,
                "here");
        try (Archive archive = store.open(new ArchiveRef(file.toUri().toString(), Files.size(file), version))) {
            ArrayRecord record = store.extract(archive, archive.entries().get(0));
            assertThat(record.placed()).isEqualTo(Placement.IN_PLACE);
            assertThat(record.path()).isEqualTo(file.toString());
        }
        return bytesRead;
    }

    @Test
    void aSecondRunDoesNotReadTheEntryAgain() throws IOException {
        try (Scratch first = open(true)) {
            assertThat(extract(first)).isGreaterThan(FLOATS * 4);
            assertThat(extract(first)).isLessThan(FLOATS);
        }
        try (Scratch second = open(true)) {
            assertThat(extract(second)).isLessThan(FLOATS);
            version = "2";
            assertThat(extract(second)).as("another version").isGreaterThan(FLOATS * 4);
        }
        try (Stream<Path> files = Files.walk(scratch)) {
            assertThat(files.filter(Files::isRegularFile))
                    .allMatch(one -> one.toFile().length() < 200)
                    .anyMatch(one -> one.toString().endsWith(".checked"));
        }
    }

    @Test
    void withoutKeptScratchEachApplicationReadsTheEntryOnce() throws IOException {
        try (Scratch first = open(false)) {
            assertThat(extract(first)).isGreaterThan(FLOATS * 4);
            assertThat(extract(first)).isLessThan(FLOATS);
        }
        try (Scratch second = open(false)) {
            assertThat(extract(second)).isGreaterThan(FLOATS * 4);
        }
    }

    @Test
    void aFailedCheckIsNeverRemembered() throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {99}), 300_000);
        }
        try (Scratch one = open(true)) {
            Errors.named(Condition.CRC_MISMATCH, () -> extract(one));
            Errors.named(Condition.CRC_MISMATCH, () -> extract(one));
        }
    }

    private final class Opener implements ArchiveOpener {
        @Override
        public ByteSource open(ArchiveRef ref) throws IOException {
            FileChannel channel = FileChannel.open(file);
            return new ByteSource() {
                @Override
                public ArchiveRef ref() {
                    return ref;
                }

                @Override
                public int read(long position, byte[] into, int offset, int count) throws IOException {
                    int n = channel.read(ByteBuffer.wrap(into, offset, count), position);
                    bytesRead += Math.max(0, n);
                    return n;
                }

                @Override
                public void close() throws IOException {
                    channel.close();
                }
            };
        }

        @Override
        public Optional<Path> local(String uri) {
            return Optional.of(Path.of(URI.create(uri)));
        }
    }
}
