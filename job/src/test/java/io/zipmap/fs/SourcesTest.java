package io.zipmap.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.archive.ArchiveRef;
import io.zipmap.archive.ByteSource;
import io.zipmap.testing.Errors;
import io.zipmap.testing.FaultyFileSystem;
import io.zipmap.testing.NonLocalFileSystem;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.EtagSource;
import org.apache.hadoop.fs.FileStatus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourcesTest {
    private static final int LENGTH = 10_000;

    @TempDir
    Path folder;

    private final Configuration configuration = new Configuration(false);
    private final byte[] content = new byte[LENGTH];
    private Path file;

    @BeforeEach
    void write() throws IOException {
        configuration.set(NonLocalFileSystem.KEY, NonLocalFileSystem.class.getName());
        new Random(3).nextBytes(content);
        file = folder.resolve("größe 1%.zip");
        Files.write(file, content);
    }

    private ArchiveRef ref(String scheme) throws IOException {
        org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(scheme + "://" + file);
        return HadoopFile.refOf(path.getFileSystem(configuration).getFileStatus(path));
    }

    private ByteSource open(ArchiveRef ref) throws IOException {
        return new Sources(configuration).open(ref);
    }

    private void refused(ArchiveRef ref, Condition condition) {
        assertThatThrownBy(() -> open(ref)).isInstanceOfSatisfying(ZipmapException.class, e -> {
            assertThat(e.condition()).isEqualTo(condition);
            assertThat(e.archive()).isEqualTo(ref.uri());
        });
    }

    @Test
    void localFilesAreReadWithoutHadoopAndOthersWithIt() throws IOException {
        try (ByteSource local = open(ref("file"));
                ByteSource far = open(ref("far"))) {
            assertThat(local).isInstanceOf(LocalSource.class);
            assertThat(far).isInstanceOf(HadoopSource.class);
        }
        assertThat(new Sources(configuration).local(ref("file").uri())).contains(file);
        assertThat(new Sources(configuration).local(ref("far").uri())).isEmpty();
    }

    @Test
    void bothSourcesReadTheSameBytes() throws IOException {
        Random random = new Random(5);
        try (ByteSource local = open(ref("file"));
                ByteSource far = open(ref("far"))) {
            for (int i = 0; i < 500; i++) {
                int position = random.nextInt(LENGTH + 20);
                int offset = random.nextInt(10);
                int count = 1 + random.nextInt(i % 2 == 0 ? 4 : 3_000);
                byte[] expected = new byte[offset + count + 3];
                int there = Math.max(0, Math.min(count, LENGTH - position));
                System.arraycopy(content, Math.min(position, LENGTH), expected, offset, there);
                assertThat(read(local, position, offset, count)).isEqualTo(expected);
                assertThat(read(far, position, offset, count)).isEqualTo(expected);
            }
            assertThat(local.read(LENGTH, new byte[4], 0, 4)).isEqualTo(-1);
            assertThat(far.read(LENGTH, new byte[4], 0, 4)).isEqualTo(-1);
        }
    }

    private static byte[] read(ByteSource source, long position, int offset, int count) throws IOException {
        byte[] into = new byte[offset + count + 3];
        int done = 0;
        while (done < count) {
            int n = source.read(position + done, into, offset + done, count - done);
            if (n < 0) {
                break;
            }
            assertThat(n).isPositive();
            done += n;
        }
        return into;
    }

    @Test
    void bothSourcesKeepTheRefThatTheyWereOpenedWith() throws IOException {
        for (String scheme : new String[] {"file", "far"}) {
            ArchiveRef ref = ref(scheme);
            assertThat(ref.length()).isEqualTo(LENGTH);
            assertThat(ref.version())
                    .isEqualTo(Long.toString(Files.getLastModifiedTime(file).toMillis()));
            try (ByteSource source = open(ref)) {
                assertThat(source.ref()).isEqualTo(ref);
            }
        }
    }

    @Test
    void aReplacedArchiveIsNotRead() throws IOException {
        for (String scheme : new String[] {"file", "far"}) {
            Files.write(file, content);
            ArchiveRef ref = ref(scheme);
            Files.write(file, Arrays.copyOf(content, LENGTH - 1));
            Files.setLastModifiedTime(file, FileTime.fromMillis(Long.parseLong(ref.version())));
            refused(ref, Condition.SOURCE_CHANGED);
            Files.write(file, content);
            Files.setLastModifiedTime(file, FileTime.fromMillis(Long.parseLong(ref.version()) + 1));
            refused(ref, Condition.SOURCE_CHANGED);
            Files.setLastModifiedTime(file, FileTime.fromMillis(Long.parseLong(ref.version())));
            open(ref).close();
        }
    }

    @Test
    void anArchiveThatChangesDuringAReadIsReported() throws IOException {
        for (String scheme : new String[] {"file", "far"}) {
            Files.write(file, content);
            ArchiveRef ref = ref(scheme);
            try (ByteSource source = open(ref)) {
                assertThat(source.read(LENGTH - 10, new byte[4], 0, 4)).isEqualTo(4);
                Files.write(file, Arrays.copyOf(content, 100));
                Errors.named(Condition.SOURCE_CHANGED, () -> source.read(2_000, new byte[4], 0, 4));
                Files.delete(file);
                Errors.named(Condition.SOURCE_MISSING, () -> source.read(2_000, new byte[4], 0, 4));
            }
        }
    }

    @Test
    void aFailureOfTheFileSystemIsNotADamagedArchive() throws IOException {
        ArchiveRef ref = ref("far");
        SourceFailure failure = new SourceFailure(ref);
        assertThat(failure.translateWhileReading(new IOException("reset"), () -> ref))
                .isInstanceOfSatisfying(
                        ZipmapException.class, e -> assertThat(e.condition()).isEqualTo(Condition.SOURCE_FAILED))
                .hasMessageContaining("reset");
        assertThat(failure.translateWhileReading(new SocketTimeoutException("slow"), () -> {
                    throw new IOException("gone too");
                }))
                .hasMessageContaining("ZIPMAP_SOURCE_FAILED")
                .hasMessageContaining("slow");
        IOException stop = new InterruptedIOException();
        assertThat(failure.translateWhileReading(stop, () -> ref)).isSameAs(stop);
    }

    /** A reader reads big entries one after the other. No byte is requested twice. */
    @Test
    void sequentialReadsUseOneStreamAndRandomReadsAWindow() throws IOException {
        byte[] big = new byte[10 * HadoopSource.WINDOW_BYTES];
        new Random(4).nextBytes(big);
        Files.write(file, big);
        try (ByteSource far = open(ref("far"))) {
            byte[] all = new byte[big.length];
            for (int have = 0; have < all.length; ) {
                have += far.read(have, all, have, Math.min(7_000, all.length - have));
            }
            assertThat(all).isEqualTo(big);
            assertThat(read(far, 5, 0, 100)).startsWith(Arrays.copyOfRange(big, 5, 105));
            assertThat(read(far, big.length - 90_000, 0, 90_000))
                    .startsWith(Arrays.copyOfRange(big, big.length - 90_000, big.length));
        }
    }

    @Test
    void aMissingArchiveIsReported() throws IOException {
        ArchiveRef local = ref("file");
        ArchiveRef far = ref("far");
        Files.delete(file);
        refused(local, Condition.SOURCE_MISSING);
        refused(far, Condition.SOURCE_MISSING);
    }

    @Test
    void theVersionIsTheEtagIfThereIsOne() {
        assertThat(HadoopFile.refOf(new Tagged("\"abc\"")).version()).isEqualTo("\"abc\"");
        assertThat(HadoopFile.refOf(new Tagged("")).version()).isEqualTo("77");
        assertThat(HadoopFile.refOf(new Tagged(null)).version()).isEqualTo("77");
    }

    private static final class Tagged extends FileStatus implements EtagSource {
        private static final long serialVersionUID = 1L;
        private final String etag;

        Tagged(String etag) {
            super(5, false, 1, 1, 77, new org.apache.hadoop.fs.Path("far:/a.zip"));
            this.etag = etag;
        }

        @Override
        public String getEtag() {
            return etag;
        }
    }

    /** Third-party file systems may report wrong lengths and throw any exception. */
    @ParameterizedTest
    @CsvSource({
        "minus.zip, INPUT_UNREADABLE",
        "endless.zip, SOURCE_FAILED",
        "status.zip, SOURCE_FAILED",
        "open.zip, SOURCE_FAILED",
        "read.zip, SOURCE_FAILED"
    })
    void anExceptionOfAFileSystemIsAFailureOfItsInput(String name, Condition condition) throws IOException {
        FaultyFileSystem.register(configuration);
        Files.write(folder.resolve(name), content);
        Inputs inputs = new Inputs(configuration);
        List<ArchiveRef> found = new ArrayList<>();
        inputs.list(inputs.roots(FaultyFileSystem.uri(folder.resolve(name))).get(0), found::add);
        assertThat(found).hasSize(1);
        assertThat(Errors.named(condition, () -> {
                    try (ByteSource source = open(found.get(0))) {
                        source.read(source.length() - 22, new byte[22], 0, 22);
                    }
                }))
                .hasMessageContaining(name);
    }

    @Test
    void aFailedListingIsReportedWithItsInput() throws IOException {
        FaultyFileSystem.register(configuration);
        for (String name : List.of("listing", "locked")) {
            String input = FaultyFileSystem.uri(Files.createDirectory(folder.resolve(name)));
            for (String words : List.of(input, input + "/*.zip", input + "/**")) {
                Inputs inputs = new Inputs(configuration);
                assertThat(Errors.named(Condition.INPUT_UNREADABLE, () -> {
                            for (ListingRoot root : inputs.roots(words)) {
                                inputs.list(root, ref -> {});
                            }
                        }))
                        .hasMessageContaining(words);
            }
        }
    }

    /** An exception of the consumer of archives is not a failure of the file system. */
    @Test
    void anExceptionOfTheConsumerIsNotTranslated() throws IOException {
        for (String scheme : new String[] {"file", "far"}) {
            Inputs inputs = new Inputs(configuration);
            ListingRoot root = inputs.roots(scheme + "://" + folder).get(0);
            assertThatThrownBy(() -> inputs.list(root, ref -> {
                        throw new IllegalStateException("ours");
                    }))
                    .isInstanceOf(IllegalStateException.class);
        }
    }
}
