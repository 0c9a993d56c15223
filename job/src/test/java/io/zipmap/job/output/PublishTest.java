package io.zipmap.job.output;

import static io.zipmap.testing.FolderListing.names;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.zipmap.Condition;
import io.zipmap.options.Option;
import io.zipmap.plan.RunOutput;
import io.zipmap.scratch.ProcessToken;
import io.zipmap.testing.Errors;
import io.zipmap.testing.Run;
import io.zipmap.testing.SparkLocal;
import io.zipmap.testing.TestOptions;
import io.zipmap.testing.Zips;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.commons.io.FileUtils;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublishTest {
    @RegisterExtension
    static final SparkLocal SPARK = SparkLocal.java();

    @TempDir
    Path folder;

    private Path input;
    private Path output;

    @BeforeEach
    void write() throws IOException {
        input = Files.createDirectories(folder.resolve("in"));
        output = folder.resolve("out");
        Zips.deflated(input.resolve("a.zip"), "x, \"quoted\" größe.npy", Zips.npy(6, 10, 2, 3));
        Zips.deflated(input.resolve("b.zip"), "nan.npy", Zips.npy(0, 0, 0, 2));
    }

    private static SparkSession session() {
        return SPARK.session();
    }

    private Run run(Object... more) throws IOException {
        return Run.of(
                session(),
                TestOptions.of(Option.INPUT, input, Option.OUTPUT, output).and(more));
    }

    private Map<String, List<Row>> read(String format) throws IOException {
        FormerViews.at(session(), output.toString(), format).register();
        Map<String, List<Row>> tables = new LinkedHashMap<>();
        RunOutput.TABLES.forEach(name -> tables.put(name, session().table(name).collectAsList()));
        return tables;
    }

    @Test
    void anOutputHasTheTablesAndTheMetadataFolderOnly() throws IOException {
        run();
        assertThat(names(output)).containsExactly("_run", "array_stats", "arrays", "column_stats", "failures");
        assertThat(names(folder)).containsExactly("in", "out");
    }

    @ParameterizedTest
    @CsvSource({"parquet,true", "orc,false", "json,true", "JSON,false", "csv,true", "csv,false"})
    void tablesOfAFormerRunAreReadAsWritten(String format, boolean quantilesAndFailures) throws IOException {
        if (quantilesAndFailures) {
            Zips.corrupt(Zips.stored(input.resolve("bad.zip"), "x.dat", Zips.npy(6, 10, 2, 3)));
            Files.writeString(input.resolve("text,\"1\".zip"), "no archive but a text, of \"some\" length");
        }
        Run run = run(Option.TABLE_FORMAT, format, Option.QUANTILES, quantilesAndFailures);
        Map<String, List<Row>> former = read(format);
        assertThat(former.get("arrays"))
                .containsExactlyInAnyOrderElementsOf(run.arrays)
                .hasSize(2);
        assertThat(former.get("column_stats"))
                .containsExactlyInAnyOrderElementsOf(run.columnStats)
                .hasSize(3);
        assertThat(former.get("array_stats"))
                .containsExactlyInAnyOrderElementsOf(run.arrayStats)
                .hasSize(1);
        assertThat(former.get("failures"))
                .containsExactlyInAnyOrderElementsOf(run.failures)
                .hasSize(quantilesAndFailures ? 2 : 0);
        for (int i = 0; i < RunOutput.TABLES.size(); i++) {
            String name = RunOutput.TABLES.get(i);
            List<Row> now = List.of(run.arrays, run.columnStats, run.arrayStats, run.failures)
                    .get(i);
            if (!now.isEmpty()) {
                assertThat(session().table(name).columns())
                        .containsExactly(now.get(0).schema().fieldNames());
            }
        }
    }

    @Test
    void infinitiesAndNullsAreReadFromText() throws IOException {
        byte[] content = Zips.npy(4, 0, 2, 2);
        ByteBuffer values = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        values.putFloat(content.length - 4, Float.POSITIVE_INFINITY);
        values.putFloat(content.length - 8, Float.NEGATIVE_INFINITY);
        Zips.deflated(input.resolve("c.zip"), " inf.npy ", content);
        for (String format : List.of("json", "csv")) {
            Run run = run(Option.TABLE_FORMAT, format, Option.OVERWRITE, "true");
            assertThat(run.statsByColumn().get("c.zip! inf.npy  c1").<Double>getAs("max"))
                    .isEqualTo(Double.POSITIVE_INFINITY);
            Map<String, List<Row>> former = read(format);
            assertThat(former.get("arrays")).containsExactlyInAnyOrderElementsOf(run.arrays);
            assertThat(former.get("column_stats").stream().map(Row::toString))
                    .containsExactlyInAnyOrderElementsOf(
                            run.columnStats.stream().map(Row::toString).toList());
        }
    }

    @Test
    void anExistingOutputIsRefused() throws IOException {
        Files.createDirectories(output);
        assertThat(Errors.named(Condition.OUTPUT_EXISTS, this::run))
                .hasMessageContaining(output.toString())
                .hasMessageContaining("--overwrite");
        assertThat(output).isEmptyDirectory();
    }

    @Test
    void overwriteReplacesAFormerOutput() throws IOException {
        run();
        Zips.deflated(input.resolve("c.zip"), "y.npy", Zips.npy(3, 10, 3));
        run(Option.OVERWRITE, "true", Option.TABLE_FORMAT, "json");
        assertThat(read("json").get("arrays")).hasSize(3);
        assertThat(names(folder)).containsExactly("in", "out");
    }

    @ParameterizedTest
    @ValueSource(strings = {"thesis.txt", "_SUCCESS", ".git", "Arrays"})
    void overwriteRefusesWhatIsNotAnOutput(String precious) throws IOException {
        Files.createDirectories(output.resolve("arrays"));
        Files.writeString(output.resolve(precious), "precious");
        assertThat(Errors.named(Condition.OUTPUT_UNUSABLE, () -> run(Option.OVERWRITE, "true")))
                .hasMessageContaining("actual: " + precious);
        assertThat(output.resolve(precious)).hasContent("precious");
    }

    @Test
    void overwriteRefusesAFile() throws IOException {
        for (String name : List.of("out", "arrays")) {
            output = Files.writeString(folder.resolve(name), "precious");
            Errors.named(Condition.OUTPUT_UNUSABLE, () -> run(Option.OVERWRITE, "true"));
            assertThat(output).hasContent("precious");
        }
        assertThat(names(folder)).containsExactly("arrays", "in", "out");
    }

    @Test
    void overwriteRefusesTheInput() throws IOException {
        output = input;
        Errors.named(Condition.OUTPUT_UNUSABLE, () -> run(Option.OVERWRITE, "true"));
        assertThat(names(input)).containsExactly("a.zip", "b.zip");
    }

    @Test
    void aFailedWriteLeavesTheFormerOutputOnly() throws IOException {
        run();
        session()
                .udf()
                .register(
                        "fails_always",
                        (UDF1<Long, Long>) id -> {
                            throw new IllegalStateException("told to fail");
                        },
                        DataTypes.LongType);
        Map<String, Dataset<Row>> tables = new LinkedHashMap<>();
        tables.put("arrays", session().range(3).toDF());
        tables.put("column_stats", session().range(3).selectExpr("fails_always(id)"));
        assertThat(catchThrowable(() -> publish(tables, output.toString()))).hasStackTraceContaining("told to fail");
        assertThat(names(folder)).containsExactly("in", "out");
        assertThat(read("parquet").get("arrays")).hasSize(2);
    }

    @Test
    void anUnknownFormatIsRefusedBeforeAnyWork() throws IOException {
        assertThat(catchThrowable(() -> run(Option.TABLE_FORMAT, "parket"))).hasStackTraceContaining("parket");
        assertThat(names(folder)).containsExactly("in");
    }

    @Test
    void aFailedRenameLeavesTheFormerTables() throws IOException {
        run();
        session().sparkContext().hadoopConfiguration().set("fs.stuck.impl", StuckFileSystem.class.getName());
        for (String stuck :
                List.of(".*/out/arrays", ".*/next-[^/]*/arrays", ".*/out/failures", ".*/next-[^/]*/failures")) {
            StuckFileSystem.stuck.set(stuck);
            Errors.named(Condition.OUTPUT_UNUSABLE, () -> publish(tables(1), "stuck://" + output));
            assertThat(names(folder)).as(stuck).containsExactly("in", "out");
            assertThat(names(output))
                    .as(stuck)
                    .containsExactly("_run", "array_stats", "arrays", "column_stats", "failures");
            assertThat(names(output.resolve("_run"))).as(stuck).hasSize(2);
        }
        assertThat(read("parquet").get("arrays")).hasSize(2);
    }

    /** Refuses to rename one folder. */
    public static final class StuckFileSystem extends RawLocalFileSystem {
        static final AtomicReference<String> stuck = new AtomicReference<>("");

        @Override
        public URI getUri() {
            return URI.create("stuck:///");
        }

        @Override
        public String getScheme() {
            return "stuck";
        }

        @Override
        public boolean rename(org.apache.hadoop.fs.Path from, org.apache.hadoop.fs.Path to) throws IOException {
            return !from.toString().matches(stuck.get()) && super.rename(from, to);
        }
    }

    private static Map<String, Dataset<Row>> tables(int rows) {
        Map<String, Dataset<Row>> tables = new LinkedHashMap<>();
        RunOutput.TABLES.forEach(
                name -> tables.put(name, session().range(0, rows, 1, 2).toDF()));
        return tables;
    }

    private static void publish(Map<String, Dataset<Row>> tables, String output) throws IOException {
        try (OutputTarget target = OutputTarget.open(session().sparkContext().hadoopConfiguration(), output, true)) {
            new Publisher(new TableWriter("parquet"), () -> {}, null)
                    .publish(tables, session().range(1).toDF(), Map.of(), target);
        }
    }

    @Test
    void aSecondRunOverTheSameOutputIsRefused() throws IOException {
        run();
        try (OutputTarget target =
                OutputTarget.open(session().sparkContext().hadoopConfiguration(), output.toString(), true)) {
            assertThat(target.exists()).isTrue();
            assertThat(Errors.named(Condition.OUTPUT_IN_USE, () -> run(Option.OVERWRITE, "true")))
                    .hasMessageContaining(output.toString());
            Errors.named(Condition.OUTPUT_IN_USE, () -> run(Option.INCREMENTAL, "true"));
        }
        run(Option.OVERWRITE, "true");
        assertThat(names(folder)).containsExactly("in", "out");
    }

    /** The run was stopped for so long that another run took its lease. */
    @Test
    void aRunThatLostItsLeasePublishesNothing() throws IOException {
        run();
        Path lease = folder.resolve(".out.lease");
        try (OutputTarget target =
                OutputTarget.open(session().sparkContext().hadoopConfiguration(), output.toString(), true)) {
            Files.writeString(lease, "another's");
            Errors.named(
                    Condition.OUTPUT_IN_USE,
                    () -> new Publisher(new TableWriter("parquet"), () -> {}, null)
                            .publish(tables(7), session().range(1).toDF(), Map.of(), target));
        }
        assertThat(lease).hasContent("another's");
        assertThat(read("parquet").get("arrays")).hasSize(2);
        assertThat(names(output.resolve("_run"))).hasSize(2);
    }

    @Test
    void aSymbolicLinkStaysAndItsTargetIsWritten() throws IOException {
        run();
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("out"));
        Zips.deflated(input.resolve("c.zip"), "y.npy", Zips.npy(3, 10, 3));
        Run.of(session(), Option.INPUT, input, Option.OUTPUT, link, Option.OVERWRITE, "true");
        assertThat(link).isSymbolicLink();
        assertThat(read("parquet").get("arrays")).hasSize(3);
        Files.delete(link);
        Files.createSymbolicLink(link, Path.of("nothing"));
        Errors.named(Condition.OUTPUT_UNUSABLE, () -> Run.of(session(), Option.INPUT, input, Option.OUTPUT, link));
        Files.move(output.resolve("failures"), folder.resolve("failures"));
        Files.createSymbolicLink(output.resolve("failures"), Path.of("../failures"));
        Errors.named(Condition.OUTPUT_UNUSABLE, () -> run(Option.OVERWRITE, "true"));
        assertThat(output.resolve("failures")).isSymbolicLink();
    }

    @Test
    void replacedTablesStayForReadersUntilTheNextPublication() throws IOException {
        run();
        Dataset<Row> held = session().read().parquet(output.resolve("arrays").toString());
        run(Option.OVERWRITE, "true");
        List<String> notes = names(output.resolve("_run"));
        assertThat(notes).hasSize(3).anyMatch(name -> name.startsWith("former-"));
        String former = notes.stream()
                .filter(name -> name.startsWith("former-"))
                .findFirst()
                .orElseThrow();
        assertThat(session()
                        .read()
                        .parquet(output.resolve("_run")
                                .resolve(former)
                                .resolve("arrays")
                                .toString())
                        .count())
                .isEqualTo(2);
        assertThat(held.schema()).isNotNull();
        run(Option.OVERWRITE, "true");
        assertThat(names(output.resolve("_run"))).hasSize(3).doesNotContain(former);
    }

    /** A release without generations. */
    @Test
    void anOutputOfAnOlderReleaseIsReadAndReplaced() throws IOException {
        run();
        for (String note : names(output.resolve("_run"))) {
            Path path = output.resolve("_run").resolve(note);
            if (note.startsWith("archives-")) {
                Files.move(path, path.resolveSibling("archives"));
            } else {
                JsonNode options = new ObjectMapper().readTree(path.toFile()).get("options");
                new ObjectMapper()
                        .writeValue(path.resolveSibling("options.json").toFile(), options);
                Files.delete(path);
            }
        }
        assertThat(read("parquet").get("arrays")).hasSize(2);
        assertThat(run(Option.INCREMENTAL, "true").summary.changes()).contains(new ChangeCounts(2, 0, 0, 0, 0));
        run(Option.OVERWRITE, "true");
        assertThat(names(output.resolve("_run"))).hasSize(4).doesNotContain("archives");
    }

    @Test
    void tablesRemovedByAUserDoNotReappear() throws IOException {
        run();
        run(Option.OVERWRITE, "true");
        FileUtils.deleteDirectory(output.resolve("arrays").toFile());
        Errors.named(Condition.INPUT_MISSING, () -> read("parquet"));
        FileUtils.deleteDirectory(output.toFile());
        Files.delete(input.resolve("b.zip"));
        assertThat(run(Option.INCREMENTAL, "true").arrays).hasSize(1);
    }

    @Test
    void filesOfKilledRunsBesideTheOutputAreRemoved() throws IOException {
        Files.createDirectories(folder.resolve(".out.part-0f0f/arrays"));
        Files.writeString(
                folder.resolve(".out.lease"),
                "00000000-00000000-999999999-00000000 x 0"
                        .replaceFirst("^[0-9a-f]{8}", ProcessToken.current().substring(0, 8)));
        run();
        assertThat(names(folder)).containsExactly("in", "out");
    }

    @Test
    void anIncompleteFormerRunIsNamed() throws IOException {
        Files.createDirectories(output.resolve("arrays"));
        assertThat(Errors.named(Condition.INPUT_MISSING, () -> read("parquet")))
                .hasMessageContaining("tables of a former run");
    }
}
