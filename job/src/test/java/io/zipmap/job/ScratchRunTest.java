package io.zipmap.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.Condition;
import io.zipmap.job.extract.ArrayRecords;
import io.zipmap.job.extract.Failure;
import io.zipmap.job.extract.PipelineSettings;
import io.zipmap.job.output.ArraysTable;
import io.zipmap.job.output.ColumnStatsTable;
import io.zipmap.job.stats.Aggregation;
import io.zipmap.job.stats.ReadCounts;
import io.zipmap.options.Option;
import io.zipmap.plan.StoreAccess;
import io.zipmap.store.ArrayRecord;
import io.zipmap.store.NodeScratch;
import io.zipmap.store.Placement;
import io.zipmap.testing.Errors;
import io.zipmap.testing.NonLocalFileSystem;
import io.zipmap.testing.Run;
import io.zipmap.testing.SparkLocal;
import io.zipmap.testing.TestOptions;
import io.zipmap.testing.Zips;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a run puts arrays, and what it does if their files are lost. */
class ScratchRunTest {
    @RegisterExtension
    static final SparkLocal SPARK = SparkLocal.java();

    @TempDir
    Path folder;

    private Path input;
    private Path scratch;

    @BeforeEach
    void write() throws IOException {
        input = Files.createDirectories(folder.resolve("in"));
        scratch = Files.createDirectories(folder.resolve("scratch"));
        Zips.deflated(input.resolve("deflated.zip"), "x.npy", Zips.npy(300, 1, 100, 3));
        Zips.stored(input.resolve("stored.zip"), "y.npy", Zips.npy(300, 2, 100, 3));
        Files.write(input.resolve("bare.npy"), Zips.npy(300, 3, 100, 3));
    }

    @AfterEach
    void close() throws IOException {
        NodeScratch.closeAll();
    }

    private static SparkSession session() {
        return SPARK.session();
    }

    private Run run(Object... more) throws IOException {
        return Run.of(
                session(),
                TestOptions.of(Option.INPUT, input, Option.SCRATCH, scratch).and(more));
    }

    private Zipmap zipmap() {
        return Zipmap.on(session()).option(Option.SCRATCH, scratch.toString()).option(Option.SLICE_BYTES, "64");
    }

    private List<Path> files(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private static List<Double> sums(List<Row> stats) {
        return stats.stream().map(row -> row.<Double>getAs("sum")).sorted().toList();
    }

    @ParameterizedTest
    @CsvSource({"auto, extracted, in_place", "never, extracted, extracted"})
    void storedEntriesAreMappedInPlaceUnlessInPlaceIsNever(String inPlace, String deflated, String stored)
            throws IOException {
        Run run = run(Option.IN_PLACE, inPlace);
        assertThat(run.arraysByName().get("deflated.zip!x.npy").<String>getAs("placed"))
                .isEqualTo(deflated);
        Row row = run.arraysByName().get("stored.zip!y.npy");
        assertThat(row.<String>getAs("placed")).isEqualTo(stored);
        assertThat(Path.of(row.<String>getAs("path")).startsWith(input)).isEqualTo(stored.equals("in_place"));
        Row bare = run.arraysByName().get("bare.npy");
        assertThat(bare.<String>getAs("placed")).isEqualTo("in_place");
        assertThat(bare.<String>getAs("path"))
                .isEqualTo(input.resolve("bare.npy").toString());
        assertThat(bare.<Long>getAs("offset")).isEqualTo(128);
        assertThat(run.summary.extractedBytes()).isEqualTo(stored.equals("in_place") ? 1200 : 2400);
    }

    @Test
    void aCompressedEntryIsAFailureWithInPlaceAlways() throws IOException {
        Run run = run(Option.IN_PLACE, "always");
        assertThat(run.conditionsByName())
                .containsOnlyKeys("deflated.zip!x.npy")
                .containsValue("ZIPMAP_IN_PLACE_IMPOSSIBLE");
        assertThat(run.arraysByName()).containsOnlyKeys("stored.zip!y.npy", "bare.npy");
        assertThat(files(scratch).stream().filter(file -> file.toString().endsWith(".npy")))
                .isEmpty();
    }

    @Test
    void entriesOfRemoteArchivesAreExtracted() throws IOException {
        Run run = Run.of(session(), Option.INPUT, NonLocalFileSystem.SCHEME + "://" + input, Option.SCRATCH, scratch);
        assertThat(run.arrays).hasSize(3).allMatch(row -> row.getAs("placed").equals("extracted"));
        assertThat(sums(run.columnStats)).isEqualTo(sums(run().columnStats));
    }

    @Test
    void extractedFilesArePrivateAndDeletedAtTheEnd() throws IOException {
        Run run = run(Option.IN_PLACE, "never");
        Path file = Path.of(run.arraysByName().get("stored.zip!y.npy").<String>getAs("path"));
        assertThat(file).startsWith(scratch.toRealPath()).hasBinaryContent(Zips.npy(300, 2, 100, 3));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("r--------");
        NodeScratch.closeAll();
        assertThat(scratch).isEmptyDirectory();
    }

    @Test
    void scratchIsWhereSparkKeepsItsFilesUnlessAnotherFolderIsNamed() throws IOException {
        Run run = Run.of(session(), Option.INPUT, input);
        assertThat(run.arraysByName().get("deflated.zip!x.npy").<String>getAs("path"))
                .startsWith(SPARK.localFolder().toRealPath().toString());
    }

    @Test
    void aFailedEntryLeavesNothingInScratch() throws Exception {
        Zips.corrupt(Zips.deflated(input.resolve("bad.zip"), "x.npy", Zips.npy(300, 1, 100, 3)));
        Run run = run(Option.IN_PLACE, "never");
        assertThat(run.failures).hasSize(1);
        assertThat(files(scratch).stream().filter(file -> Files.exists(file) && sizeOf(file) > 0))
                .hasSize(2);
        Errors.named(
                Condition.valueOf(run.failures.get(0).<String>getAs("condition").substring("ZIPMAP_".length())),
                () -> run(Option.IN_PLACE, "never", Option.ON_ERROR, "fail"));
        SPARK.awaitTasks();
        assertThat(files(scratch)).noneMatch(file -> file.toString().contains(".part-"));
        NodeScratch.closeAll();
        assertThat(scratch).isEmptyDirectory();
    }

    private static long sizeOf(Path file) {
        return file.toFile().getName().endsWith(".npy") ? file.toFile().length() : 0;
    }

    @Test
    void keptScratchIsUsedAgainByTheNextApplication() throws IOException {
        assertThat(run(Option.KEEP_SCRATCH, "true", Option.IN_PLACE, "never").arrays)
                .filteredOn(row -> row.getAs("entry") != null)
                .allMatch(row -> row.getAs("placed").equals("extracted"))
                .hasSize(2);
        NodeScratch.closeAll();
        Run second = run(Option.KEEP_SCRATCH, "true", Option.IN_PLACE, "never");
        assertThat(second.arrays)
                .filteredOn(row -> row.getAs("entry") != null)
                .allMatch(row -> row.getAs("placed").equals("reused"))
                .hasSize(2);
        assertThat(second.summary.extractedBytes()).isZero();
        assertThat(second.columnStats).hasSize(9);
    }

    @ParameterizedTest
    @ValueSource(strings = {"delete", "cut", "empty"})
    void aLostFileIsHealedFromItsArchive(String damage) throws IOException {
        List<Double> expected = sums(run().columnStats);
        Zipmap zipmap = zipmap().option(Option.IN_PLACE, "never");
        try (ArrayRecords records = zipmap.extract(input.toString())) {
            List<ArrayRecord> all = records.rdd().collect();
            for (ArrayRecord record : all) {
                if (record.placed() == Placement.EXTRACTED) {
                    damage(Path.of(record.path()), damage);
                }
            }
            assertThat(sums(zipmap.columnStats(records).collectAsList())).isEqualTo(expected);
            assertThat(zipmap.mapArrays(records, (record, array) -> array.getDouble(99, 2))
                            .collect())
                    .containsExactlyInAnyOrder(300.0, 301.0, 302.0);
        }
    }

    @Test
    void theArraysTableCountsLocalAndHealedReads() throws IOException {
        Pipeline pipeline = new Pipeline(
                session(),
                PipelineSettings.of(
                        TestOptions.of(Option.SCRATCH, scratch, Option.IN_PLACE, "never", Option.SLICE_BYTES, "600")
                                .values()));
        try (ArrayRecords records = pipeline.extract(pipeline.plan(List.of(input.toString())))) {
            assertThat(ArraysTable.extracted(session(), records).collectAsList())
                    .hasSize(3)
                    .allMatch(row -> row.<Long>getAs("local_reads") == 0 && row.<Long>getAs("healed_reads") == 0);
            ArrayRecord lost = records.rdd()
                    .filter(record -> record.archive().uri().endsWith("deflated.zip"))
                    .first();
            damage(Path.of(lost.path()), "delete");
            try (Aggregation aggregation = pipeline.aggregate(records, false, null)) {
                List<Row> arrays =
                        ArraysTable.aggregated(session(), records, aggregation).collectAsList();
                assertThat(arrays).hasSize(3);
                for (Row row : arrays) {
                    long local = row.<Long>getAs("local_reads");
                    long healed = row.<Long>getAs("healed_reads");
                    assertThat(local + healed).as("slices of 600 bytes in 1200").isEqualTo(2);
                    assertThat(healed > 0)
                            .isEqualTo(row.<String>getAs("archive").endsWith("deflated.zip"));
                }
                ReadCounts reads = aggregation.readsByHost().get(StoreAccess.host());
                assertThat(aggregation.readsByHost()).hasSize(1);
                assertThat(reads.local() + reads.healed()).isEqualTo(6);
                assertThat(reads.healed()).isBetween(1L, 2L);
            }
        }
    }

    private static void damage(Path file, String how) throws IOException {
        assertThat(file).exists();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        if (how.equals("delete")) {
            Files.delete(file);
        } else {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(how.equals("cut") ? channel.size() - 5 : 0);
            }
        }
    }

    @Test
    void aLostArrayOfAReplacedArchiveIsAnErrorThatNamesIt() throws IOException {
        Zipmap zipmap = zipmap();
        try (ArrayRecords records = zipmap.extract(input.toString())) {
            Path archive = input.resolve("stored.zip");
            FileTime later =
                    FileTime.fromMillis(Files.getLastModifiedTime(archive).toMillis() + 5_000);
            Zips.stored(archive, "y.npy", Zips.npy(300, 7, 100, 3));
            Files.setLastModifiedTime(archive, later);
            assertThat(Errors.named(
                                    Condition.SOURCE_CHANGED,
                                    () -> zipmap.columnStats(records).collectAsList())
                            .archive())
                    .endsWith("stored.zip");
            assertThat(Errors.named(
                                    Condition.SOURCE_CHANGED,
                                    () -> zipmap.mapArrays(records, (record, array) -> array.getDouble(0))
                                            .collect())
                            .archive())
                    .endsWith("stored.zip");
        }
    }

    @Test
    void anArrayThatCanNoLongerBeReadIsAFailure() throws IOException {
        Pipeline pipeline = new Pipeline(
                session(),
                PipelineSettings.of(TestOptions.of(Option.SCRATCH, scratch, Option.SLICE_BYTES, "64")
                        .values()));
        try (ArrayRecords records = pipeline.extract(pipeline.plan(List.of(input.toString())))) {
            Files.delete(input.resolve("stored.zip"));
            try (Aggregation aggregation = pipeline.aggregate(records, false, null)) {
                List<Failure> failures = aggregation.failures().collect();
                assertThat(failures)
                        .isNotEmpty()
                        .allMatch(failure -> failure.condition().equals("ZIPMAP_SOURCE_MISSING"));
                assertThat(aggregation.failureCount()).isEqualTo(failures.size());
                List<Row> stats =
                        ColumnStatsTable.of(session(), aggregation, false).collectAsList();
                assertThat(stats)
                        .hasSize(6)
                        .noneMatch(row -> row.<String>getAs("archive").endsWith("stored.zip"));
                assertThat(failures).as("one row for one array").hasSize(1);
            }
        }
    }

    @Test
    void aBudgetTooSmallForAnArrayEndsTheRun() {
        Errors.named(Condition.SCRATCH_FULL, () -> run(Option.SCRATCH_BUDGET, "100", Option.IN_PLACE, "never"));
    }

    @Test
    void anUnusableScratchFolderIsNamed() throws IOException {
        scratch = Files.writeString(folder.resolve("file"), "no folder");
        assertThat(Errors.named(Condition.SCRATCH_UNUSABLE, this::run)).hasMessageContaining(scratch.toString());
    }

    @Test
    void theDriverAggregatesAsExecutorsDo() throws IOException {
        Run there = run(Option.SLICE_BYTES, "64", Option.QUANTILES, "true");
        Run here = run(Option.SLICE_BYTES, "64", Option.QUANTILES, "true", Option.AGGREGATE_ON, "driver");
        assertThat(here.statsByColumn()).isEqualTo(there.statsByColumn()).hasSize(9);
    }

    @Test
    void recordsAndStatisticsAreUnpersisted() throws IOException {
        int before = session().sparkContext().getPersistentRDDs().size();
        run();
        assertThat(session().sparkContext().getPersistentRDDs().size()).isEqualTo(before);
    }
}
