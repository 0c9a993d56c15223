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
import io.zipmap.store.ExtractRules.Verify;
import io.zipmap.testing.Errors;
import io.zipmap.testing.Zips;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bytes after the first array of an entry are ignored, as np.load does, but they must be complete. */
class FollowingBytesTest {
    private static final int FLOATS = 1000;

    @TempDir
    Path folder;

    private byte[] two;
    private Scratch scratch;

    @BeforeEach
    void write() throws IOException {
        byte[] first = Zips.npy(FLOATS, 7, FLOATS);
        byte[] second = Zips.npy(3, 0, 3);
        two = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, two, first.length, second.length);
        scratch = Scratch.open(ScratchSettings.of(
                List.of(Files.createDirectories(folder.resolve("scratch")).toString()), "application"));
    }

    private enum Container {
        DEFLATED,
        STORED,
        BARE
    }

    private ArrayStore store() {
        return new ArrayStore(
                new NodeFiles(scratch),
                new Local(),
                new ExtractRules(null, InPlace.AUTO, ArchiveLimits.DEFAULT).verify(Verify.CRC),
                1 << 20,
                "here");
    }

    private ArrayRecord extract(ArrayStore store, Container container) throws IOException {
        Path file = folder.resolve("a");
        switch (container) {
            case DEFLATED -> Zips.deflated(file, "x.npy", two);
            case STORED -> Zips.stored(file, "x.npy", two);
            case BARE -> Files.write(file, two);
        }
        try (Archive archive = store.open(new ArchiveRef(file.toUri().toString(), Files.size(file), "1"))) {
            return store.extract(archive, archive.entries().get(0));
        }
    }

    private static float last(ArrayStore store, ArrayRecord record) throws IOException {
        return store.read(record, (array, heals) -> (float) array.getDouble(FLOATS - 1));
    }

    @ParameterizedTest
    @EnumSource
    void areIgnored(Container container) throws IOException {
        ArrayStore store = store();
        ArrayRecord record = extract(store, container);
        assertThat(record.layout().shape().elements()).isEqualTo(FLOATS);
        assertThat(record.bytes()).isEqualTo(FLOATS * 4);
        assertThat(record.following()).isEqualTo(Zips.npy(3, 0, 3).length);
        assertThat(last(store, record)).isEqualTo(7 + FLOATS - 1);
    }

    @Test
    void areHealedIfTheyAreCutOff() throws IOException {
        ArrayStore store = store();
        ArrayRecord record = extract(store, Container.DEFLATED);
        Path path = Path.of(record.path());
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.truncate(two.length - 1);
        }
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("r--------"));
        assertThat(last(store, record)).isEqualTo(7 + FLOATS - 1);
        assertThat(Files.readAllBytes(path)).isEqualTo(two);
    }

    @Test
    void areNeverNegative() throws IOException {
        two = Arrays.copyOf(Zips.npy(FLOATS, 7, FLOATS), two.length - Zips.npy(3, 0, 3).length - 1);
        for (Container container : Container.values()) {
            Errors.named(Condition.SHAPE_MISMATCH, () -> extract(store(), container));
        }
    }

    private static final class Local implements ArchiveOpener {
        @Override
        public ByteSource open(ArchiveRef ref) throws IOException {
            FileChannel channel = FileChannel.open(Path.of(URI.create(ref.uri())));
            return new ByteSource() {
                @Override
                public ArchiveRef ref() {
                    return ref;
                }

                @Override
                public int read(long position, byte[] into, int offset, int count) throws IOException {
                    return channel.read(ByteBuffer.wrap(into, offset, count), position);
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
