package io.zipmap.job;

import static io.zipmap.testing.FolderListing.names;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.tuple;

import io.zipmap.Condition;
import io.zipmap.job.output.ChangeCounts;
import io.zipmap.job.output.FailuresTable;
import io.zipmap.options.Option;
import io.zipmap.plan.RunGeneration;
import io.zipmap.plan.RunOutput;
import io.zipmap.testing.Errors;
import io.zipmap.testing.Run;
import io.zipmap.testing.SparkLocal;
import io.zipmap.testing.TestOptions;
import io.zipmap.testing.Zips;
import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Incremental runs. */
class IncrementalTest {
    @RegisterExtension
    static final SparkLocal SPARK = SparkLocal.java();

    /** Columns that depend on when and where an array was extracted. */
    private static final Set<String> PLACE = Set.of("host", "path", "placed", "local_reads", "healed_reads", "removed");

    @TempDir
    Path folder;

    private Path input;
    private Path output;

    @BeforeEach
    void write() throws IOException {
        input = Files.createDirectories(folder.resolve("in"));
        output = folder.resolve("out");
        Zips.deflated(input.resolve("a.zip"), "x.npy", Zips.npy(6, 10, 2, 3));
        Zips.deflated(input.resolve("b.zip"), "x.npy", Zips.npy(8, 0, 4, 2));
        Zips.deflated(input.resolve("c.zip"), "x.npy", Zips.npy(5, 3, 5));
        Files.writeString(input.resolve("bad.zip"), "no archive at all, only a little text");
        Zips.deflated(input.resolve("other.zip"), "notes.txt", new byte[] {1, 2, 3});
    }

    private static SparkSession session() {
        return SPARK.session();
    }

    private TestOptions options(Object... more) {
        return TestOptions.of(Option.INPUT, input, Option.ENTRIES, "*.npy").and(more);
    }

    private Run run(Object... more) throws IOException {
        return Run.of(session(), options(more));
    }

    private Run incremental(Object... more) throws IOException {
        return Run.of(
                session(),
                options(Option.OUTPUT, output, Option.INCREMENTAL, "true").and(more));
    }

    /** Rows of arrays that still exist, without the columns of {@link #PLACE}, sorted. */
    private static List<String> sorted(List<Row> rows) {
        return rows.stream()
                .filter(row -> !isRemoved(row))
                .map(IncrementalTest::text)
                .sorted()
                .toList();
    }

    private static boolean isRemoved(Row row) {
        return List.of(row.schema().fieldNames()).contains("removed") && row.<Boolean>getAs("removed");
    }

    private static String text(Row row) {
        List<String> cells = new ArrayList<>();
        for (String name : row.schema().fieldNames()) {
            if (!PLACE.contains(name)) {
                cells.add(name + "=" + row.getAs(name));
            }
        }
        return cells.toString();
    }

    private static void assertSame(Run one, Run other) {
        assertThat(sorted(one.arrays)).isEqualTo(sorted(other.arrays));
        assertThat(sorted(one.columnStats)).isEqualTo(sorted(other.columnStats));
        assertThat(sorted(one.arrayStats)).isEqualTo(sorted(other.arrayStats));
        assertThat(sorted(one.failures)).isEqualTo(sorted(other.failures));
        assertThat(one.summary.failures()).isEqualTo(one.failures.size()).isEqualTo(other.summary.failures());
    }

    /** Collects the names of the stages that Spark runs. */
    private static final class Stages extends SparkListener {
        final Set<String> names = ConcurrentHashMap.newKeySet();

        @Override
        public void onStageSubmitted(SparkListenerStageSubmitted stage) {
            names.add(stage.stageInfo().name());
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static Set<String> stagesOf(Work work) throws Exception {
        Stages stages = new Stages();
        session().sparkContext().addSparkListener(stages);
        try {
            work.run();
            session().sparkContext().listenerBus().waitUntilEmpty();
        } finally {
            session().sparkContext().removeSparkListener(stages);
        }
        return stages.names;
    }

    @Test
    void withoutChangesNothingIsExtractedAndTheTablesStay() throws Exception {
        AtomicReference<Run> first = new AtomicReference<>();
        assertThat(stagesOf(() -> first.set(incremental()))).contains("extract", "map");
        assertThat(first.get().summary.changes()).isEmpty();
        AtomicReference<Run> second = new AtomicReference<>();
        assertThat(stagesOf(() -> second.set(incremental()))).doesNotContain("extract", "map", "publish");
        assertThat(second.get().summary.changes()).contains(new ChangeCounts(5, 0, 0, 0, 0));
        assertThat(second.get().summary.archives()).isZero();
        assertThat(second.get().arrays).hasSize(3).containsExactlyInAnyOrderElementsOf(first.get().arrays);
        assertSame(second.get(), first.get());
        assertThat(second.get().conditionsByName()).containsOnlyKeys("bad.zip");
        assertThat(names(folder)).containsExactly("in", "out");
    }

    @Test
    void aRemovedArchiveAlonePublishesNewTables() throws IOException {
        incremental(Option.AGGREGATE_ON, "driver");
        Files.delete(input.resolve("b.zip"));
        Files.delete(input.resolve("bad.zip"));
        Run run = incremental(Option.AGGREGATE_ON, "driver");
        assertThat(run.summary.changes()).contains(new ChangeCounts(3, 0, 0, 0, 2));
        assertSame(run, run());
        assertThat(run.failures).isEmpty();
        Run read = incremental();
        assertThat(read.arrays).containsExactlyInAnyOrderElementsOf(run.arrays).hasSize(3);
    }

    @Test
    void anArchiveThatBecameUnreadableIsAFailureAndNotRemoved() throws IOException {
        Path annex = Files.createDirectory(folder.resolve("annex"));
        Files.move(input.resolve("b.zip"), annex.resolve("b"));
        Files.createSymbolicLink(input.resolve("b.zip"), annex.resolve("b"));
        Run first = incremental();
        Files.move(annex, folder.resolve("away"));
        Run gone = incremental();
        assertThat(gone.summary.changes()).contains(new ChangeCounts(4, 0, 1, 0, 0));
        assertThat(gone.conditionsByName()).containsEntry("b.zip", "ZIPMAP_SOURCE_MISSING");
        assertThat(gone.arraysByName()).doesNotContainKey("b.zip!x.npy");
        Run still = incremental();
        assertThat(still.summary.changes()).contains(new ChangeCounts(4, 0, 0, 1, 0));
        Files.move(folder.resolve("away"), annex);
        Run back = incremental();
        assertThat(back.summary.changes()).contains(new ChangeCounts(4, 0, 1, 0, 0));
        assertThat(sorted(back.columnStats)).isEqualTo(sorted(first.columnStats));
        assertThat(back.conditionsByName()).isEqualTo(first.conditionsByName());
    }

    @ParameterizedTest
    @ValueSource(strings = {"parquet", "json", "csv"})
    void newChangedAndRemovedArchivesAreProcessedAndMarked(String format) throws IOException {
        Object[] options = {Option.TABLE_FORMAT, format, Option.QUANTILES, "true"};
        incremental(options);
        FileTime time = Files.getLastModifiedTime(input.resolve("a.zip"));
        Zips.deflated(input.resolve("a.zip"), "x.npy", Zips.npy(6, 11, 2, 3));
        Files.setLastModifiedTime(input.resolve("a.zip"), FileTime.fromMillis(time.toMillis() + 1));
        Zips.deflated(input.resolve("bad.zip"), "x.npy", Zips.npy(4, 0, 2, 2));
        Zips.deflated(input.resolve("d.zip"), "y.npy", Zips.npy(2, 7, 2));
        Files.writeString(input.resolve("e.zip"), "a text again");
        Files.delete(input.resolve("c.zip"));
        Run run = incremental(options);
        assertThat(run.summary.changes()).contains(new ChangeCounts(2, 2, 2, 0, 1));
        assertThat(run.summary.archives()).isEqualTo(4);
        Run fresh = run(options);
        assertSame(run, fresh);
        assertThat(run.arraysByName()).hasSize(5);
        assertThat(run.arrays.stream().filter(IncrementalTest::isRemoved).map(Run::nameOf))
                .containsExactly("c.zip!x.npy");
        assertThat(run.conditionsByName()).containsOnlyKeys("e.zip");

        Run later = incremental(options);
        assertThat(later.summary.changes()).contains(new ChangeCounts(6, 0, 0, 0, 0));
        assertThat(later.arrays.stream().filter(IncrementalTest::isRemoved).map(Run::nameOf))
                .containsExactly("c.zip!x.npy");
        Zips.deflated(input.resolve("c.zip"), "x.npy", Zips.npy(5, 3, 5));
        Run back = incremental(options);
        assertThat(back.summary.changes()).contains(new ChangeCounts(6, 1, 0, 0, 0));
        assertThat(back.arrays).noneMatch(IncrementalTest::isRemoved);
        assertSame(back, run(options));
    }

    @Test
    void failuresOfTheFileSystemAreTriedAgain() throws IOException {
        String archive = incremental().arraysByName().get("b.zip!x.npy").getAs("archive");
        Row failure =
                RowFactory.create(archive, "x.npy", 0, "h", Condition.SOURCE_FAILED.label(), "the network was down");
        session()
                .createDataFrame(List.of(failure), FailuresTable.SCHEMA)
                .write()
                .mode(SaveMode.Append)
                .parquet(output.resolve("failures").toString());
        Run again = incremental();
        assertThat(again.summary.changes()).contains(new ChangeCounts(4, 0, 0, 1, 0));
        assertSame(again, run());
    }

    @ParameterizedTest
    @CsvSource({
        "DTYPE, float64, float32",
        "SHAPE, '-1,2', '-1,3'",
        "ORDER, F, C",
        "BYTE_ORDER, big, little",
        "ENTRIES, '*', '*.np?'",
        "DUPLICATES, all, last",
        "QUANTILES, true, false",
        "MAX_COLUMNS, 10, 11",
        "MAX_ENTRIES, 10, 11",
        "MAX_ENTRY_BYTES, 1g, 2g",
        "IN_PLACE, always, auto",
        "TABLE_FORMAT, json, parquet"
    })
    void anOptionThatDiffersFromTheFormerRunIsRefusedBeforeAnyWork(Option option, String now, String then)
            throws IOException {
        note(option, then);
        Object[] options = {
            Option.INPUT, "/nowhere/at/all", Option.OUTPUT, output, Option.INCREMENTAL, "true", option, now
        };
        assertThat(Errors.named(Condition.OPTION_INVALID, () -> Run.of(session(), options)))
                .hasMessageContaining("Cannot continue from a former run with another " + option.flag())
                .hasMessageContaining("--overwrite");
    }

    /** The metadata of a run without its tables is enough, because the options are compared first. */
    private void note(Option option, String text) throws IOException {
        for (String table : RunOutput.TABLES) {
            Files.createDirectories(output.resolve(table));
        }
        RunGeneration.settled(
                        "before",
                        TableOptions.of(TestOptions.of(option, text).values()).texts())
                .write(
                        FileSystem.getLocal(session().sparkContext().hadoopConfiguration()),
                        new org.apache.hadoop.fs.Path(output.toString()));
    }

    @Test
    void anotherSpellingOfAValueIsTheSameValue() throws IOException {
        Zips.deflated(input.resolve("raw.zip"), "y.dat", Zips.floats(12, 0));
        Files.delete(input.resolve("other.zip"));
        Object[] once = {Option.ENTRIES, "*", Option.DTYPE, "float32", Option.SHAPE, "-1,4"};
        Object[] then = {
            Option.ENTRIES, "*", Option.DTYPE, "<f4", Option.SHAPE, "(-1, 4)", Option.MAX_ENTRY_BYTES, "1024g"
        };
        assertThat(Run.of(session(), with(once)).summary.failures()).isEqualTo(1);
        assertThat(Run.of(session(), with(then)).summary.changes()).contains(new ChangeCounts(5, 0, 0, 0, 0));
    }

    private TestOptions with(Object... more) {
        return TestOptions.of(Option.INPUT, input, Option.OUTPUT, output, Option.INCREMENTAL, "true")
                .and(more);
    }

    @Test
    void anIncrementalRunNeedsAnOutputWithRecordedOptions() throws IOException {
        Errors.named(Condition.OPTION_INVALID, () -> run(Option.INCREMENTAL, "true"));
        Errors.named(Condition.OPTION_INVALID, () -> incremental(Option.OVERWRITE, "true"));
        for (String table : RunOutput.TABLES) {
            Files.createDirectories(output.resolve(table));
        }
        assertThat(Errors.named(Condition.OUTPUT_UNUSABLE, this::incremental))
                .hasMessageContaining("does not record its options");
        Files.writeString(output.resolve("thesis.txt"), "precious");
        Errors.named(Condition.OUTPUT_UNUSABLE, this::incremental);
        assertThat(output.resolve("thesis.txt")).hasContent("precious");
    }

    @Test
    void aColumnThatAnOlderReleaseDidNotWriteIsNullInTheRowsOfUnchangedArchives() throws IOException {
        incremental();
        try (Stream<Path> files = Files.list(output.resolve("arrays"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".parquet")).toList()) {
                Path older = folder.resolve("older");
                session()
                        .read()
                        .parquet(file.toString())
                        .drop("file_bytes")
                        .coalesce(1)
                        .write()
                        .mode("overwrite")
                        .parquet(older.toString());
                try (DirectoryStream<Path> parts = Files.newDirectoryStream(older, "part-*")) {
                    Files.move(parts.iterator().next(), file, StandardCopyOption.REPLACE_EXISTING);
                }
                Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));
            }
        }
        Zips.deflated(input.resolve("d.zip"), "y.npy", Zips.npy(2, 7, 2));
        assertThat(incremental().arrays)
                .extracting(row -> row.getAs("entry"), row -> row.getAs("file_bytes") == null)
                .containsExactlyInAnyOrder(
                        tuple("x.npy", true), tuple("x.npy", true), tuple("x.npy", true), tuple("y.npy", false));
    }

    @Test
    void aFailedWriteLeavesTheFormerTablesInTheirPlace() throws IOException {
        incremental();
        Zips.deflated(input.resolve("d.zip"), "y.npy", Zips.npy(2, 7, 2));
        for (String broken : List.of("column_stats", "failures", "_run")) {
            assertThat(dying(broken)).as(broken).hasStackTraceContaining("died");
            assertThat(names(output)).containsExactly("_run", "array_stats", "arrays", "column_stats", "failures");
        }
        Run second = incremental();
        assertThat(second.summary.changes()).contains(new ChangeCounts(5, 1, 0, 0, 0));
        assertSame(second, run());
    }

    private Throwable dying(String at) {
        session().sparkContext().hadoopConfiguration().set("fs.dying.impl", DyingFileSystem.class.getName());
        DyingFileSystem.at.set(at);
        try {
            return catchThrowable(() -> run(Option.OUTPUT, "dying://" + output, Option.INCREMENTAL, "true"));
        } finally {
            DyingFileSystem.at.set("alive");
        }
    }

    /** Refuses to create files with a given word in the path, and refuses every call after a rename to such a path. */
    public static final class DyingFileSystem extends RawLocalFileSystem {
        static final AtomicReference<String> at = new AtomicReference<>("alive");
        private static final String DEAD = "dead";

        @Override
        public URI getUri() {
            return URI.create("dying:///");
        }

        @Override
        public String getScheme() {
            return "dying";
        }

        private static void die(org.apache.hadoop.fs.Path path) throws IOException {
            if (at.get().equals(DEAD) || path.toString().contains(at.get())) {
                throw new IOException("died");
            }
        }

        @Override
        public boolean rename(org.apache.hadoop.fs.Path from, org.apache.hadoop.fs.Path to) throws IOException {
            if (at.get().equals(DEAD)) {
                throw new IOException("died");
            }
            boolean renamed = super.rename(from, to);
            if (to.getName().contains(at.get())) {
                at.set(DEAD);
            }
            return renamed;
        }

        @Override
        public boolean delete(org.apache.hadoop.fs.Path path, boolean recursive) throws IOException {
            if (at.get().equals(DEAD)) {
                throw new IOException("died");
            }
            return super.delete(path, recursive);
        }

        @Override
        public FSDataOutputStream create(
                org.apache.hadoop.fs.Path path,
                FsPermission permission,
                boolean overwrite,
                int bufferSize,
                short replication,
                long blockSize,
                Progressable progress)
                throws IOException {
            die(path);
            return super.create(path, permission, overwrite, bufferSize, replication, blockSize, progress);
        }

        @Override
        public FSDataOutputStream create(
                org.apache.hadoop.fs.Path path,
                boolean overwrite,
                int bufferSize,
                short replication,
                long blockSize,
                Progressable progress)
                throws IOException {
            die(path);
            return super.create(path, overwrite, bufferSize, replication, blockSize, progress);
        }
    }
}
