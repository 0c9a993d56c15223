package io.zipmap.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.store.NodeScratch;
import io.zipmap.testing.SparkLocal;
import io.zipmap.testing.Zips;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** After a file is replaced by one of the same length and time, no cache returns old values, in any session. */
class ReplacedFilesTest {
    private static final int COUNT = 20_000;

    @RegisterExtension
    static final SparkLocal SPARK = SparkLocal.java();

    @TempDir
    Path folder;

    @BeforeEach
    void settledAtOnce() {
        System.setProperty("zipmap.settledAfterMillis", "0");
    }

    @AfterEach
    void settledAsEver() throws IOException {
        System.clearProperty("zipmap.settledAfterMillis");
        NodeScratch.closeAll();
    }

    /** The form in which a file stores an array. */
    private enum Kind {
        DEFLATED("x.zip"),
        STORED("x.zip"),
        BARE("x.npy");

        private final String name;

        Kind(String name) {
            this.name = name;
        }

        /** Writes an array of {@code from, from + 1, …}; the length of the file does not depend on {@code from}. */
        Path write(Path folder, int from) throws IOException {
            Path file = Files.createDirectories(folder).resolve(name);
            byte[] npy = Zips.npy(COUNT, from, COUNT);
            return switch (this) {
                case DEFLATED -> padded(file, npy);
                case STORED -> Zips.stored(file, "x.npy", npy);
                case BARE -> Files.write(file, npy);
            };
        }

        /** Pads the archive with a comment to a fixed length, whatever the size of its compressed entry. */
        private static Path padded(Path file, byte[] npy) throws IOException {
            byte[] zip = Files.readAllBytes(Zips.deflated(file, "x.npy", npy));
            byte[] all = Arrays.copyOf(zip, npy.length);
            ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN).putShort(zip.length - 2, (short)
                    (npy.length - zip.length));
            return Files.write(file, all);
        }
    }

    /** The way in which the new file replaces the old one. */
    private enum Way {
        RENAMED_OVER {
            @Override
            void replace(Path file, Path by) throws IOException {
                Files.move(by, file, StandardCopyOption.REPLACE_EXISTING);
            }
        },
        COPIED_WITH_ITS_TIMES {
            @Override
            void replace(Path file, Path by) throws IOException {
                Files.delete(file);
                Files.copy(by, file, StandardCopyOption.COPY_ATTRIBUTES);
            }
        },
        WRITTEN_OVER_AND_THE_TIME_SET_BACK {
            @Override
            void replace(Path file, Path by) throws IOException {
                FileTime time = Files.getLastModifiedTime(file);
                Files.write(file, Files.readAllBytes(by));
                Files.setLastModifiedTime(file, time);
            }
        },
        A_HARD_LINK_TO_ANOTHER {
            @Override
            void replace(Path file, Path by) throws IOException {
                Files.delete(file);
                Files.createLink(file, by);
            }
        },
        A_SYMLINK_TO_ANOTHER {
            @Override
            void replace(Path file, Path by) throws IOException {
                Files.delete(file);
                Files.createSymbolicLink(file, by);
            }
        };

        abstract void replace(Path file, Path by) throws IOException;
    }

    private static Stream<Arguments> all() {
        List<Arguments> all = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            for (Way way : Way.values()) {
                all.add(Arguments.of(kind, way));
            }
        }
        return all.stream();
    }

    private Dataset<Row> load(Path file, String verify) {
        return SPARK.session()
                .read()
                .format("zipmap")
                .option("sliceBytes", COUNT)
                .option("keepScratch", true)
                .option("scratch", folder.resolve("scratch").toString())
                .option("verify", verify)
                .load(file.toString());
    }

    private static double expected(int from) {
        return (double) COUNT * from + (double) COUNT * (COUNT - 1) / 2;
    }

    private void assertAnswers(Path file, String verify, int from) {
        Dataset<Row> table = load(file, verify);
        assertThat(table.selectExpr("sum(value)").head().getDouble(0))
                .as("pushed, from zone maps if there are any")
                .isEqualTo(expected(from));
        assertThat(table.selectExpr("sum(value + 0)").head().getDouble(0))
                .as("row by row")
                .isEqualTo(expected(from));
        assertThat(table.where("value >= " + (from + COUNT - 10)).count())
                .as("past the blocks that zone maps skip")
                .isEqualTo(10);
    }

    @ParameterizedTest
    @MethodSource("all")
    void ofTheSameLengthAndTime(Kind kind, Way way) throws IOException {
        Path file = kind.write(folder.resolve("in"), 1);
        Path other = kind.write(folder.resolve("other"), 3);
        FileTime time = FileTime.fromMillis(1_600_000_000_000L);
        Files.setLastModifiedTime(file, time);
        Files.setLastModifiedTime(other, time);
        assertThat(file).hasSize(Files.size(other));
        assertAnswers(file, "size", 1);
        assertAnswers(file, "size", 1);
        way.replace(file, other);
        assertThat(Files.getLastModifiedTime(file)).isEqualTo(time);
        assertAnswers(file, "size", 3);
        NodeScratch.closeAll();
        assertAnswers(file, "size", 3);
    }

    /** Writes as np.memmap does; the system updates the time with the first write to a page only. */
    @ParameterizedTest
    @ValueSource(strings = {"size", "crc"})
    void writtenToThroughAMap(String verify) throws IOException {
        System.clearProperty("zipmap.settledAfterMillis");
        Path file = Kind.BARE.write(folder.resolve("in"), 1);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MappedByteBuffer map = channel.map(FileChannel.MapMode.READ_WRITE, 0, channel.size());
            for (int from = 2; from < 4; from++) {
                map.put(0, Zips.npy(COUNT, from, COUNT));
                assertAnswers(file, verify, from);
                // The page is dirty now, so further writes do not update the time.
                map.put(0, Zips.npy(COUNT, from + 5, COUNT));
                assertAnswers(file, verify, from + 5);
                NodeScratch.closeAll();
                assertAnswers(file, verify, from + 5);
            }
        }
    }
}
