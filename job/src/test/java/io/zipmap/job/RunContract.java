package io.zipmap.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.job.extract.ArrayRecords;
import io.zipmap.mapped.MappedArray;
import io.zipmap.options.Option;
import io.zipmap.testing.Errors;
import io.zipmap.testing.FaultyFileSystem;
import io.zipmap.testing.NumpyOracle;
import io.zipmap.testing.Run;
import io.zipmap.testing.TestOptions;
import io.zipmap.testing.Zips;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The behaviour of runs that does not depend on the serialiser of Spark. */
abstract class RunContract {
    private static final int LARGEST_RECORD = 1024;

    @TempDir
    Path folder;

    abstract SparkSession session();

    @Test
    @NumpyOracle
    void tablesEqualNumpyForAnySlicingAndPlaceOfAggregation() throws IOException {
        Path data = Files.createDirectory(folder.resolve("data"));
        NumpyFolder numpy = NumpyFolder.write(data);
        Object[][] ways = {
            {Option.QUANTILES, "true"},
            {Option.SLICE_BYTES, "16", Option.PACK_BYTES, "1", Option.IN_PLACE, "never"},
            {Option.SLICE_BYTES, "1g", Option.PACK_BYTES, "1t", Option.AGGREGATE_ON, "driver"}
        };
        for (Object[] way : ways) {
            Run run = Run.of(session(), rawFloats(data, way));
            numpy.assertSame(run);
            assertThat(run.summary.largestRecord()).isBetween(100L, (long) LARGEST_RECORD);
            assertThat(run.summary.arrays()).isEqualTo(run.arrays.size());
        }
    }

    private static TestOptions rawFloats(Path data, Object... more) {
        return TestOptions.of(Option.INPUT, data, Option.DTYPE, "float32", Option.SHAPE, "-1,4")
                .and(more);
    }

    @Test
    void aRecordWithLongNamesAndManyAxesIsSmall() throws IOException {
        Path deep = folder;
        for (int i = 0; i < 3; i++) {
            deep = Files.createDirectory(deep.resolve("a-long-name-of-a-folder-" + i));
        }
        long[] axes = new long[16];
        Arrays.fill(axes, 1);
        String entry = "another-long-name/".repeat(4) + "array.npy";
        Zips.deflated(deep.resolve("an-archive-with-a-long-name.npz"), entry, Zips.npy(1, 5, axes));
        Run run = Run.of(session(), Option.INPUT, deep);
        assertThat(run.summary.largestRecord()).isBetween(300L, (long) LARGEST_RECORD);
        assertThat(run.columnStats).hasSize(1);
    }

    @Test
    void fieldsOfAStructureAreColumns() throws IOException {
        byte[] items = new byte[3 * 25];
        items[0] = 7;
        String dtype = "[('a', '|u1'), ('p', [('z', '<c8'), ('t', '<M8[s]'), ('s', '<U2')])]";
        Zips.deflated(folder.resolve("a.npz"), "a.npy", Zips.npy(dtype, items, 3));
        Run run = Run.of(session(), Option.INPUT, folder);
        assertThat(run.summary.largestRecord()).isBetween(100L, (long) LARGEST_RECORD);
        assertThat(run.arrays.get(0).<String>getAs("dtype")).isEqualTo(dtype);
        assertThat(run.statsByColumn().keySet())
                .containsExactly("a.npz!a.npy a", "a.npz!a.npy p.t", "a.npz!a.npy p.z.im", "a.npz!a.npy p.z.re");
        assertThat(run.statsByColumn().get("a.npz!a.npy a").<Double>getAs("max"))
                .isEqualTo(7);
    }

    @Test
    void badArchivesAreFailuresAndGoodOnesAreProcessed() throws IOException {
        writeGoodAndBad();
        Run run = Run.of(session(), rawFloats(folder));
        assertThat(run.conditionsByName())
                .containsOnly(
                        entry("corrupt.zip!a.dat", "ZIPMAP_CRC_MISMATCH"),
                        entry("truncated.zip", "ZIPMAP_ARCHIVE_TRUNCATED"),
                        entry("encrypted.zip!a.dat", "ZIPMAP_ENTRY_ENCRYPTED"),
                        entry("odd.zip!a.dat", "ZIPMAP_SHAPE_MISMATCH"),
                        entry("text.zip", "ZIPMAP_NOT_AN_ARCHIVE"));
        assertThat(run.arraysByName()).containsOnlyKeys("good1.zip!a.dat", "good2.zip!a.dat");
        assertThat(run.statsByColumn()).hasSize(8);
        assertThat(run.statsByColumn().get("good2.zip!a.dat c3").<Double>getAs("mean"))
                .isEqualTo(53);
        assertThat(run.summary.failures()).isEqualTo(5);
        assertThat(run.failures)
                .allSatisfy(row -> assertThat(row.<String>getAs("message"))
                        .startsWith("[" + row.getAs("condition") + "]")
                        .contains("archive: " + Path.of(URI.create(row.getAs("archive")))));
    }

    private void writeGoodAndBad() throws IOException {
        Zips.deflated(folder.resolve("good1.zip"), "a.dat", Zips.floats(400, 0));
        Zips.stored(folder.resolve("good2.zip"), "a.dat", Zips.floats(4 * 26, 0));
        Zips.corrupt(Zips.stored(folder.resolve("corrupt.zip"), "a.dat", Zips.floats(400, 0)));
        Zips.truncate(Zips.deflated(folder.resolve("truncated.zip"), "a.dat", Zips.floats(400, 0)));
        Zips.encrypt(Zips.deflated(folder.resolve("encrypted.zip"), "a.dat", Zips.floats(400, 0)));
        Zips.deflated(folder.resolve("odd.zip"), "a.dat", Zips.floats(7, 0));
        Files.writeString(folder.resolve("text.zip"), "this is no archive at all, whatever it is called");
    }

    @Test
    void theFirstBadArchiveEndsTheRunWithOnErrorFail() throws IOException {
        Zips.deflated(folder.resolve("good.zip"), "a.dat", Zips.floats(400, 0));
        Zips.corrupt(Zips.stored(folder.resolve("corrupt.zip"), "a.dat", Zips.floats(400, 0)));
        Path output = folder.resolve("out");
        ZipmapException error = Errors.named(
                Condition.CRC_MISMATCH,
                () -> Run.of(session(), rawFloats(folder, Option.ON_ERROR, "fail", Option.OUTPUT, output)));
        assertThat(error.archive()).endsWith("corrupt.zip");
        assertThat(error.entry()).isEqualTo("a.dat");
        try (var left = Files.list(folder)) {
            assertThat(left.map(Path::getFileName).map(Path::toString))
                    .containsExactlyInAnyOrder("good.zip", "corrupt.zip");
        }
    }

    @Test
    void anInputThatATaskCannotListIsNamed() throws IOException {
        Files.createDirectory(folder.resolve("empty"));
        ZipmapException error =
                Errors.named(Condition.INPUT_EMPTY, () -> Run.of(session(), Option.INPUT, folder.resolve("empty")));
        assertThat(error).hasMessageContaining(folder.resolve("empty").toString());
        Path list = Files.writeString(folder.resolve("list"), "/nowhere/at/all.zip\n");
        Errors.named(Condition.INPUT_MISSING, () -> Run.of(session(), Option.INPUT, "@" + list));
    }

    @Test
    void aUserFunctionRunsOverEachArray() throws IOException {
        Zips.deflated(folder.resolve("a.zip"), "x.npy", Zips.npy(6, 10, 2, 3));
        Zips.stored(folder.resolve("b.zip"), "y.npy", Zips.npy(4, 20, 4));
        Zipmap zipmap = Zipmap.on(session());
        try (ArrayRecords records = zipmap.extract(folder.toString())) {
            assertThat(records.count()).isEqualTo(2);
            assertThat(records.hasFailures()).isFalse();
            List<String> found = zipmap.mapArrays(
                            records,
                            (record, array) ->
                                    record.entry() + " " + array.shape() + " " + array.getDouble(array.size() - 1))
                    .collect();
            assertThat(found).containsExactlyInAnyOrder("x.npy (2, 3) 15.0", "y.npy (4,) 23.0");
        }
    }

    @Test
    void aMappedArrayIsRefusedAsAResult() throws IOException {
        Zips.deflated(folder.resolve("a.zip"), "x.npy", Zips.npy(6, 10, 2, 3));
        Zipmap zipmap = Zipmap.on(session());
        try (ArrayRecords records = zipmap.extract(folder.toString())) {
            assertThatThrownBy(() ->
                            zipmap.mapArrays(records, (record, array) -> array).collect())
                    .hasStackTraceContaining(
                            "A MappedArray must not cross a process boundary: send its ArrayRecord and map it there");
            assertThatThrownBy(() -> zipmap.mapArrays(records, (record, array) -> Map.of("a", List.of(array)))
                            .collect())
                    .hasStackTraceContaining("send its ArrayRecord");
            assertThat(zipmap.mapArrays(records, (record, array) -> record)
                            .collect()
                            .get(0)
                            .layout()
                            .shape()
                            .toString())
                    .isEqualTo("(2, 3)");
        }
    }

    @Test
    void aMappedArrayIsRefusedInAShuffle() throws IOException {
        Zips.deflated(folder.resolve("a.zip"), "x.npy", Zips.npy(6, 10, 2, 3));
        Zipmap zipmap = Zipmap.on(session());
        try (ArrayRecords records = zipmap.extract(folder.toString())) {
            assertThatThrownBy(() -> zipmap.<MappedArray>mapArrays(records, (record, array) -> array)
                            .repartition(3)
                            .count())
                    .hasStackTraceContaining("send its ArrayRecord");
        }
        assertThat(new JavaSparkContext(session().sparkContext())
                        .parallelize(List.of(1))
                        .count())
                .as("Spark goes on")
                .isEqualTo(1);
    }

    @Test
    void unreadableInputsAreFailuresAndOthersAreProcessed() throws Exception {
        Path in = Files.createDirectory(folder.resolve("in"));
        Zips.stored(in.resolve("GOOD.NPZ"), "a.npy", Zips.npy(2, 1, 2));
        Files.createSymbolicLink(in.resolve("dead.npz"), Path.of("gone.npz"));
        assertThat(new ProcessBuilder("mkfifo", in.resolve("pipe.npz").toString())
                        .start()
                        .waitFor())
                .isZero();
        FaultyFileSystem.register(session().sparkContext().hadoopConfiguration());
        List<Object> options = new ArrayList<>(List.of(Option.INPUT, in));
        for (String name : List.of("minus", "endless", "status", "open", "read")) {
            Path file = Zips.stored(folder.resolve(name + ".npz"), "a.npy", Zips.npy(2, 1, 2));
            options.addAll(List.of(Option.INPUT, FaultyFileSystem.uri(file)));
        }
        Run run = Run.of(session(), options.toArray());
        assertThat(run.conditionsByName())
                .containsOnly(
                        entry("dead.npz", "ZIPMAP_SOURCE_MISSING"),
                        entry("pipe.npz", "ZIPMAP_SOURCE_NOT_A_FILE"),
                        entry("minus.npz", "ZIPMAP_INPUT_UNREADABLE"),
                        entry("endless.npz", "ZIPMAP_SOURCE_FAILED"),
                        entry("status.npz", "ZIPMAP_SOURCE_FAILED"),
                        entry("open.npz", "ZIPMAP_SOURCE_FAILED"),
                        entry("read.npz", "ZIPMAP_SOURCE_FAILED"));
        assertThat(run.arraysByName()).containsOnlyKeys("GOOD.NPZ!a.npy");
        assertThat(run.summary.archives()).isEqualTo(8);
    }

    /** The cause of the error is of a class that Kryo cannot serialise. */
    @Test
    void anInputThatCannotBeListedIsNamed() throws IOException {
        Zips.stored(folder.resolve("a.npz"), "a.npy", Zips.npy(2, 1, 2));
        FaultyFileSystem.register(session().sparkContext().hadoopConfiguration());
        for (String name : List.of("locked", "listing")) {
            String input = FaultyFileSystem.uri(Files.createDirectory(folder.resolve(name)));
            assertThat(Errors.named(
                            Condition.INPUT_UNREADABLE,
                            () -> Run.of(session(), Option.INPUT, folder, Option.INPUT, input)))
                    .hasMessageContaining(input);
        }
    }
}
