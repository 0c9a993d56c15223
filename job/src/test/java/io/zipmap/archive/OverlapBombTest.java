package io.zipmap.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.testing.OverlapBomb;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OverlapBombTest {
    /** A zip bomb of the size of Fifield's zbxl.zip: 45 MB that expand to petabytes. */
    private static final OverlapBomb LARGE = new OverlapBomb(190_023, 22_000_000);

    @TempDir
    Path folder;

    @Test
    void isExtractedByAReaderWithoutTheCheck() throws IOException, DataFormatException {
        OverlapBomb small = new OverlapBomb(3, 100);
        byte[] bytes = Files.readAllBytes(small.write(folder.resolve("small.zip")));
        Inflater inflater = new Inflater(true);
        inflater.setInput(bytes, 36, bytes.length - 36);
        byte[] out = new byte[1 << 20];
        int n = inflater.inflate(out);
        assertThat(inflater.finished()).isTrue();
        inflater.end();
        assertThat((long) n).isEqualTo(small.size(0));
        assertThat(Arrays.copyOf(out, 4)).containsExactly('P', 'K', 3, 4);
        assertThat(LARGE.total()).isGreaterThan(4e15);
    }

    @Test
    void isRefusedFromTheDirectoryAloneInASmallHeap() throws IOException, InterruptedException {
        Path file = LARGE.write(folder.resolve("large.zip"));
        assertThat(Files.size(file)).isBetween(40_000_000L, 50_000_000L);
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Opener.class.getName(),
                        file.toString()))
                .redirectErrorStream(true)
                .start();
        try {
            process.getOutputStream().close();
            String out = new String(process.getInputStream().readAllBytes());
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(out.lines().toList()).contains(Condition.ENTRIES_OVERLAP.label());
            // Only the directory and the ends of the file were read.
            assertThat(Long.parseLong(out.lines().toList().get(1))).isLessThan(15_000_000);
            System.out.println(
                    "overlap bomb: refused in " + out.lines().toList().get(2) + " ms");
        } finally {
            process.destroyForcibly();
        }
        try (var left = Files.list(folder)) {
            assertThat(left).containsExactly(file);
        }
    }

    /** Main method of the child process: prints the error of opening the file, the bytes read, and the milliseconds. */
    static final class Opener {
        private Opener() {}

        public static void main(String[] args) throws IOException {
            long from = System.nanoTime();
            FileSource source = new FileSource(Path.of(args[0]));
            try (Archive archive = Archive.open(source, ArchiveLimits.DEFAULT)) {
                System.out.println(archive.entries().size());
            } catch (ZipmapException e) {
                System.out.println(e.condition().label());
            }
            System.out.println(source.bytes);
            System.out.println(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - from));
        }
    }

    private static final class FileSource implements ByteSource {
        private final FileChannel channel;
        private long bytes;

        FileSource(Path path) throws IOException {
            channel = FileChannel.open(path);
        }

        @Override
        public ArchiveRef ref() {
            try {
                return new ArchiveRef("file:/bomb", channel.size(), "1");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public int read(long position, byte[] into, int offset, int count) throws IOException {
            int n = channel.read(ByteBuffer.wrap(into, offset, count), position);
            bytes += Math.max(n, 0);
            return n;
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
