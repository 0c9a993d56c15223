package io.zipmap.tools;

import static io.zipmap.testing.FolderListing.names;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zipmap.Condition;
import io.zipmap.options.Option;
import io.zipmap.plan.Progress;
import io.zipmap.testing.Errors;
import io.zipmap.testing.Numpy;
import io.zipmap.testing.NumpyOracle;
import io.zipmap.testing.Run;
import io.zipmap.testing.SparkLocal;
import io.zipmap.testing.TestOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class SampleJobTest {
    private static final List<String> DTYPES = List.of(
            "bool", "int8", "uint8", "int16", ">i2", "uint16", "int32", "uint32", "int64", "uint64", "float16", ">f4",
            "float32", "float64");

    @RegisterExtension
    static final SparkLocal SPARK = SparkLocal.java();

    @TempDir
    Path folder;

    private static long write(Path to, Object... more) throws IOException {
        return SampleJob.of(TestOptions.of(Option.OUTPUT, to).and(more).values())
                .writeMissingInThreads(Progress.NONE)
                .getAsLong();
    }

    @Test
    @NumpyOracle
    void numpyReadsTheRequestedValuesOfEveryDtype() throws IOException {
        for (String dtype : DTYPES) {
            Path to = folder.resolve(dtype);
            write(to, Option.DTYPE, dtype, Option.SHAPE, "700,3", Option.COUNT, 1, Option.CONTAINER, "npz");
            write(
                    to.resolve("ramp"),
                    Option.DTYPE,
                    dtype,
                    Option.SHAPE,
                    "250,3",
                    Option.COUNT,
                    1,
                    Option.CONTAINER,
                    "npz",
                    Option.VALUES,
                    "ramp",
                    Option.METHOD,
                    "stored",
                    Option.ORDER,
                    "F");
        }
        List<String> lines = Numpy.lines(
                String.join(
                        "\n",
                        "import sys, numpy as np",
                        "for d in sys.argv[2:]:",
                        "    a = np.load(f'{sys.argv[1]}/{d}/file_1.npz')['arr_0']",
                        "    r = np.load(f'{sys.argv[1]}/{d}/ramp/file_1.npz')['arr_0']",
                        "    ramp = (np.arange(250) % 100).astype('i8') & (1 if a.dtype.kind == 'b' else 255)",
                        "    right = (r.astype('i8') == ramp[:, None]).all() and r.flags.f_contiguous",
                        "    top = {'f': 1, 'b': 1.5}.get(a.dtype.kind, 100)",
                        "    v = a.astype('f8')",
                        "    fair = abs(v.mean() / v.max() - .5) < .05 and v.min() >= 0 and v.max() < top",
                        "    print(a.dtype == np.dtype(d), a.shape, fair, right, len(np.unique(v)) >= min(2, top))"),
                Stream.concat(Stream.of(folder.toString()), DTYPES.stream()).toArray());
        assertThat(lines).hasSize(DTYPES.size()).containsOnly("True (700, 3) True True True");
    }

    @Test
    void theSameSeedAlwaysGivesTheSameBytes() throws Exception {
        Object[] said = {Option.SHAPE, "100,2", Option.DTYPE, "float32", Option.COUNT, 2};
        write(folder.resolve("one"), said);
        Thread.sleep(2_100);
        write(folder.resolve("two"), said);
        write(
                folder.resolve("other"),
                Stream.concat(Arrays.stream(said), Stream.of(Option.SEED, 2)).toArray());
        for (String name : List.of("file_1.zip", "file_2.zip")) {
            assertThat(folder.resolve("one").resolve(name))
                    .hasSameBinaryContentAs(folder.resolve("two").resolve(name));
            assertThat(Files.readAllBytes(folder.resolve("other").resolve(name)))
                    .isNotEqualTo(Files.readAllBytes(folder.resolve("one").resolve(name)));
        }
        assertThat(Files.readAllBytes(folder.resolve("one/file_1.zip")))
                .isNotEqualTo(Files.readAllBytes(folder.resolve("one/file_2.zip")));
    }

    @Test
    void existingArchivesAreKeptAndMissingOnesAreWritten() throws IOException {
        Path to = folder.resolve("with space 1%");
        Files.createDirectories(to);
        Files.writeString(to.resolve("file_2.zip"), "mine");
        Object[] said = {Option.SHAPE, "10", Option.DTYPE, "int16", Option.COUNT, 3};
        assertThat(write(to, said)).isEqualTo(2);
        assertThat(write(to, said)).isZero();
        assertThat(to.resolve("file_2.zip")).hasContent("mine");
        assertThat(names(to)).containsExactly("file_1.zip", "file_2.zip", "file_3.zip");
        SampleJob onSpark =
                SampleJob.of(TestOptions.of(Option.OUTPUT, to).and(said).values());
        Files.delete(to.resolve("file_3.zip"));
        assertThat(onSpark.writeMissing(SPARK.session(), Progress.NONE)).isEqualTo(1);
        assertThat(onSpark.writeMissing(SPARK.session(), Progress.NONE)).isZero();
    }

    @Test
    void methodAndContainerAreAsRequested() throws IOException {
        write(folder, Option.SHAPE, "1000", Option.DTYPE, "uint8", Option.COUNT, 1, Option.METHOD, "stored");
        try (ZipFile zip = new ZipFile(folder.resolve("file_1.zip").toFile())) {
            ZipEntry entry = zip.entries().nextElement();
            assertThat(entry.getMethod()).isEqualTo(ZipEntry.STORED);
            assertThat(entry.getSize()).isEqualTo(1000);
        }
        write(folder, Option.SHAPE, "1000", Option.DTYPE, "uint8", Option.COUNT, 1, Option.CONTAINER, "npz");
        try (ZipFile zip = new ZipFile(folder.resolve("file_1.npz").toFile())) {
            ZipEntry entry = zip.entries().nextElement();
            assertThat(entry.getMethod()).isEqualTo(ZipEntry.DEFLATED);
            assertThat(entry.getName()).isEqualTo("arr_0.npy");
            assertThat(entry.getSize()).isEqualTo(1128);
        }
    }

    @Test
    void aRunReadsTheSamples() throws IOException {
        write(folder, Option.SHAPE, "2000,4", Option.DTYPE, "float32", Option.COUNT, 3);
        Run run = Run.of(SPARK.session(), Option.INPUT, folder, Option.DTYPE, "float32", Option.SHAPE, "-1,4");
        assertThat(run.arrays).hasSize(3);
        assertThat(run.failures).isEmpty();
        for (Row row : run.columnStats) {
            assertThat(row.<Long>getAs("count")).isEqualTo(2000);
            assertThat(row.<Double>getAs("mean")).isBetween(0.45, 0.55);
        }
    }

    @Test
    void wrongOptionsAreRefusedBeforeAnyWork() {
        Errors.named(Condition.OPTION_INVALID, () -> write(folder, Option.SHAPE, "-1,4", Option.DTYPE, "float32"));
        Errors.named(Condition.OPTION_INVALID, () -> write(folder, Option.SHAPE, "4", Option.DTYPE, "complex64"));
        for (long count : new long[] {0, -1, 3_000_000_000L}) {
            assertThat(Errors.named(
                            Condition.OPTION_INVALID,
                            () -> write(folder, Option.SHAPE, "4", Option.DTYPE, "int8", Option.COUNT, count)))
                    .hasMessageContaining("--count: " + count + "; expected: a whole number");
        }
        Errors.named(
                Condition.OPTION_INVALID,
                () -> write(folder, Option.SHAPE, "9999999999,9999999999", Option.DTYPE, "int8"));
        Errors.named(Condition.OPTION_INVALID, () -> write(folder, Option.SHAPE, "4"));
        assertThatThrownBy(() -> SampleJob.of(
                        TestOptions.of(Option.SHAPE, "4", Option.DTYPE, "int8").values()))
                .hasMessageContaining("--output");
    }
}
