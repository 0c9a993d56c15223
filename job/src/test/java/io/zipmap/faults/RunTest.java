package io.zipmap.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.job.Zipmap;
import io.zipmap.job.extract.ArrayRecords;
import io.zipmap.options.Option;
import io.zipmap.store.ArrayRecord;
import io.zipmap.store.NodeScratch;
import io.zipmap.testing.SparkLocal;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong under a job on Spark, between its stages and within them. */
class RunTest {
    @RegisterExtension
    static final SparkLocal SPARK = SparkLocal.java();

    private static final int ARRAYS = 4;

    @TempDir
    Path folder;

    private Path input;
    private Path scratch;

    @BeforeEach
    void write() throws IOException {
        input = folder.resolve("in");
        scratch = Files.createDirectory(folder.resolve("scratch"));
        for (int number = 0; number < ARRAYS; number++) {
            OneNode.archive(input, number);
        }
    }

    @AfterEach
    void close() throws IOException {
        NodeScratch.closeAll();
    }

    private Zipmap zipmap() {
        return Zipmap.on(SPARK.session())
                .option(Option.SCRATCH, scratch.toString())
                .option(Option.SLICE_BYTES, "4096");
    }

    private static List<Double> expected() {
        return IntStream.range(0, ARRAYS).mapToObj(OneNode::expected).toList();
    }

    private static List<Double> sums(Zipmap zipmap, ArrayRecords records) throws IOException {
        return zipmap.columnStats(records).collectAsList().stream()
                .map(row -> row.<Double>getAs("sum"))
                .sorted()
                .toList();
    }

    @Test
    void anOverwriteOfTheSameSizeIsFoundWhenTheRunIsToldToVerify() throws IOException {
        Zipmap zipmap = zipmap().option(Option.VERIFY, "crc");
        try (ArrayRecords records = zipmap.extract(input.toString())) {
            for (ArrayRecord record : records.rdd().collect()) {
                open(record, file -> {
                    file.seek(9_000);
                    file.write(77);
                });
                Files.setPosixFilePermissions(Path.of(record.path()), PosixFilePermissions.fromString("r--------"));
            }
            assertThat(sums(zipmap, records)).isEqualTo(expected());
        }
    }

    private interface Damage {
        void apply(RandomAccessFile file) throws IOException;
    }

    private static void open(ArrayRecord record, Damage damage) throws IOException {
        Files.setPosixFilePermissions(Path.of(record.path()), PosixFilePermissions.fromString("rw-------"));
        try (RandomAccessFile file = new RandomAccessFile(record.path(), "rw")) {
            damage.apply(file);
        }
    }

    @Test
    void aScratchRootThatIsDeletedBetweenStagesIsMadeAgain() throws Exception {
        Zipmap zipmap = zipmap();
        try (ArrayRecords records = zipmap.extract(input.toString())) {
            records.rdd().count();
            Shell.run("rm -r \"$1\"/*", scratch);
            assertThat(sums(zipmap, records)).isEqualTo(expected());
            assertThat(OneNode.files(scratch)).hasSize(ARRAYS);
        }
        NodeScratch.closeAll();
        assertThat(scratch).isEmptyDirectory();
    }

    @Test
    void aRunLargerThanTheBudgetOfKeptScratchIsRightAndStaysWithinIt() throws IOException {
        long budget = 2L * OneNode.FILE_BYTES + 100;
        Zipmap zipmap =
                zipmap().option(Option.KEEP_SCRATCH, "true").option(Option.SCRATCH_BUDGET, Long.toString(budget));
        try (ArrayRecords records = zipmap.extract(input.toString())) {
            assertThat(sums(zipmap, records)).isEqualTo(expected());
        }
        assertThat(OneNode.files(scratch)).hasSizeBetween(1, 2);
    }

    @Test
    void aFileTruncatedWhileItIsMappedCostsNeitherTheNumberNorTheProcess() throws IOException {
        Zipmap zipmap = zipmap();
        try (ArrayRecords records = zipmap.extract(input.toString())) {
            String seen = Files.createDirectory(folder.resolve("seen")).toString();
            List<Double> sums = zipmap.mapArrays(records, (record, array) -> {
                        double first = array.getDouble(OneNode.COUNT - 1);
                        if (Path.of(seen, Integer.toString((int) first))
                                .toFile()
                                .createNewFile()) {
                            open(record, file -> file.setLength(100));
                        }
                        return OneNode.sum(array);
                    })
                    .collect();
            assertThat(sums).containsExactlyInAnyOrderElementsOf(expected());
            assertThat(Path.of(seen).toFile().list()).hasSize(ARRAYS);
        }
    }
}
