package io.zipmap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.zipmap.testing.GrowingFileSystem;
import io.zipmap.testing.Report;
import io.zipmap.testing.Zips;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.SparkSqlParser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import scala.Console;

/** Complete commands, each of which starts and stops Spark. */
class CommandsOnSparkTest {
    @TempDir
    Path folder;

    private final Map<String, String> former = new HashMap<>();
    private Path input;
    private Path scratch;

    @BeforeEach
    void configure() throws IOException {
        input = Files.createDirectories(folder.resolve("in"));
        scratch = Files.createDirectories(folder.resolve("local"));
        set("spark.master", "local[2]");
        set("spark.ui.enabled", "false");
        set("spark.driver.host", "127.0.0.1");
        set("spark.driver.bindAddress", "127.0.0.1");
        set("spark.sql.shuffle.partitions", "2");
        set("spark.local.dir", scratch.toString());
        Zips.deflated(input.resolve("a.zip"), "x.npy", Zips.npy(6, 10, 2, 3));
        SparkSession.getDefaultSession().foreach(session -> {
            session.stop();
            return null;
        });
        SparkSession.clearDefaultSession();
        SparkSession.clearActiveSession();
    }

    private void set(String key, String value) {
        former.put(key, System.setProperty(key, value));
    }

    @AfterEach
    void restore() {
        former.forEach((key, value) -> {
            if (value == null) {
                System.clearProperty(key);
            } else {
                System.setProperty(key, value);
            }
        });
    }

    private static CommandResult call(Object... args) {
        String[] words = new String[args.length];
        for (int i = 0; i < args.length; i++) {
            words[i] = args[i].toString();
        }
        return CommandResult.call(Main::dispatch, words);
    }

    /** Ignores Spark's own folders, which stay until this process ends. */
    private void assertNoScratch() throws IOException {
        try (Stream<Path> left = Files.list(scratch)) {
            assertThat(left.filter(path -> path.getFileName().toString().startsWith("zipmap")))
                    .isEmpty();
        }
    }

    @Test
    void aRunPrintsItsSummaryAndLeavesNothing() throws IOException {
        Path output = folder.resolve("out");
        CommandResult said = call("run", "--input", input, "--output", output);
        assertThat(said.status).as(said.err).isZero();
        assertThat(said.out).isEmpty();
        assertThat(said.err.lines().map(line -> line.replaceAll(" +", " ")))
                .contains(
                        "archives 1 (0.0 MiB)",
                        "arrays 1 (0.0 MiB)",
                        "failures 0",
                        "tables " + output,
                        "report " + output + "/_report/index.html")
                .anyMatch(line -> line.matches("largest record \\d{3} bytes"))
                .anyMatch(line -> line.matches("seconds plan [\\d.]+, extract [\\d.]+, map [\\d.]+, publish [\\d.]+"))
                .anyMatch(line -> line.matches("memory driver: peak RssAnon [\\d.]+ [MG]iB, heap [\\d.]+ [MG]iB"));
        assertThat(output.resolve("column_stats")).isDirectory();
        assertNoScratch();
        JsonNode report = Report.read(output.resolve("_report/index.html"));
        assertThat(report.get("outcome").asText()).isEqualTo("done");
        assertThat(report.findValuesAsText("name"))
                .containsSubsequence("plan", "extract", "map", "publish", "driver", "c0", "c1", "c2", "--input");
        assertThat(report.at("/columns/0"))
                .hasToString("{\"name\":\"c0\",\"count\":2,\"nanCount\":0,\"min\":10.0,\"max\":13.0,\"mean\":11.5,"
                        + "\"stddev\":1.5,\"histogram\":{\"from\":9.5,\"to\":13.5,\"counts\":[1,0,0,1],\"sampled\":2,"
                        + "\"every\":1}}");
        assertThat(report.at("/arrays/total").asInt()).isEqualTo(1);
        assertThat(report.at("/arrays/rows/0/0").asText())
                .isEqualTo(input.resolve("a.zip").toString());
        assertThat(report.at("/stages/1/hosts/0/bytes").asInt()).isEqualTo(24);
        assertThat(report.at("/stages/1/hosts/0/arrays").asInt()).isEqualTo(1);
        assertThat(report.at("/stages/2/hosts/0/slices").asInt()).isEqualTo(1);
        assertThat(report.at("/stages/2/hosts/0/seconds").isNumber()).isTrue();
        assertThat(report.at("/options").findValuesAsText("name")).containsExactly("--input", "--output");
        assertThat(report.get("sentence").asText())
                .matches("Anonymous memory of the driver .* [MG]iB while 0.0 MiB of arrays were mapped\\.");
        assertThat(report.at("/processes/0/points/millis").size()).isPositive();
        CommandResult again = call("run", "--input", input, "--output", output);
        assertThat(again.status).isEqualTo(1);
        assertThat(again.err).contains("[ZIPMAP_OUTPUT_EXISTS]").contains("--overwrite");

        CommandResult quiet = call("sql", "--quiet", "--input", output, "SELECT 1 / sum FROM column_stats");
        assertThat(quiet.status).isZero();
        assertThat(quiet.err).isEmpty();
        CommandResult replaced = call("run", "--quiet", "--input", input, "--output", output, "--overwrite");
        assertThat(replaced.status).as(replaced.err).isZero();
        assertThat(replaced.out + replaced.err).isEmpty();
        CommandResult wrong = call("sql", "--input", output, "SELECT nothing FROM column_stats");
        assertThat(wrong.status).isEqualTo(1);
        assertThat(wrong.errors()).hasSize(1).first().asString().startsWith("zipmap: [ZIPMAP_SQL_FAILED]");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aRunWhoseAnonymousMemoryGrowsIsStoppedAndPublishesNothing() throws IOException {
        set(GrowingFileSystem.KEY, GrowingFileSystem.class.getName());
        Path output = folder.resolve("out");
        CommandResult said =
                call("run", "--input", "growing://" + input, "--output", output, "--max-anon-growth", "200m");
        assertThat(said.status).isEqualTo(1);
        Path report = folder.resolve("out-report.html");
        assertThat(said.errors())
                .hasSize(2)
                .startsWith("zipmap: the report of this run is in " + report)
                .last()
                .asString()
                .startsWith("zipmap: [ZIPMAP_MEMORY_GREW] ")
                .contains("in stage extract: driver; expected: at most 200 MiB over", "raise --max-anon-growth");
        assertThat(output).doesNotExist();
        assertNoScratch();
        JsonNode data = Report.read(report);
        assertThat(data.get("outcome").asText()).isEqualTo("failed");
        assertThat(data.at("/error/condition").asText()).isEqualTo("ZIPMAP_MEMORY_GREW");
        assertThat(data.get("sentence").asText()).endsWith(" until the run failed.");
        assertThat(data.at("/stages/1/end").isNull()).isTrue();
    }

    /** No Spark starts with this master, so that only what is checked before it can be reported. */
    @Test
    void wrongInputsAndOutputsAreReportedBeforeSparkStarts() throws IOException {
        set("spark.master", "no-such-master");
        Path below = Files.createDirectories(folder.resolve("below/in"));
        Zips.deflated(below.resolve("a.zip"), "x.npy", Zips.npy(6, 10, 2, 3));
        Path existing = Files.createDirectories(folder.resolve("existing"));
        Path missing = folder.resolve("missing");
        for (String command : List.of("run", "sql")) {
            assertThat(call(command, "--input", missing).err).contains("[ZIPMAP_INPUT_MISSING]");
            assertThat(call(command, "--input", input, "--input", below.getParent()).err)
                    .endsWith("give '" + below.getParent() + "/**'.\n");
            assertThat(call(command, "--input", "@" + missing).err).contains("[ZIPMAP_INPUT_MISSING]");
            assertThat(call(command, "--input", input, "--sql-output", existing).err)
                    .contains("[ZIPMAP_OUTPUT_EXISTS]");
        }
        assertThat(call("run", "--input", input, "--output", existing).err).contains("[ZIPMAP_OUTPUT_EXISTS]");
        assertThat(call("run", "--input", input, "--report", existing).err).contains("[ZIPMAP_OUTPUT_UNUSABLE]");
        Path output = folder.resolve("out");
        assertThat(call("run", "--input", input, "--output", output, "--report", output.resolve("a/b.html")).err)
                .contains("Cannot write the report into the output");
        assertThat(call("run", "--input", input).err).contains("no-such-master");
    }

    @Test
    void aRunWithFailuresEndsWith3() throws IOException {
        Files.writeString(input.resolve("b.zip"), "no archive at all, only a little text");
        Files.writeString(input.resolve("c.zip"), "no archive at all, only a little text");
        Path report = folder.resolve("report.html");
        CommandResult said = call("run", "--input", input, "--result-format", "csv", "--report", report);
        assertThat(said.status).isEqualTo(3);
        JsonNode data = Report.read(report);
        assertThat(data.get("outcome").asText()).isEqualTo("done with failures");
        assertThat(data.at("/failures/groups")).hasToString("[{\"condition\":\"ZIPMAP_NOT_AN_ARCHIVE\",\"count\":2}]");
        assertThat(data.at("/failures/rows").size()).isEqualTo(2);
        assertThat(data.at("/failures/rows/0/1").asText())
                .isEqualTo(input.resolve("b.zip").toString());
        assertThat(said.err)
                .containsPattern("\nfailures +2 \\(2 ZIPMAP_NOT_AN_ARCHIVE\\)\n")
                .containsPattern("\ntables +not kept; --output FOLDER keeps them\n")
                .contains("\nzipmap: failed: " + input.resolve("b.zip") + ": [ZIPMAP_NOT_AN_ARCHIVE] Cannot ")
                .contains("\nzipmap: failed: " + input.resolve("c.zip") + ": [ZIPMAP_NOT_AN_ARCHIVE], as above\n")
                .endsWith("\nzipmap: these are all failures; --output FOLDER keeps them\n");
        assertThat(said.out.lines()).hasSize(4).first().asString().startsWith("archive,entry,entry_index,column,");
        assertThat(call("inspect", "--input", input).status).isEqualTo(3);
        CommandResult fails = call("run", "--input", input, "--on-error", "fail");
        assertThat(fails.status).isEqualTo(1);
        assertThat(fails.errors()).hasSize(1).first().asString().startsWith("zipmap: [ZIPMAP_NOT_AN_ARCHIVE]");
        assertNoScratch();
    }

    @Test
    void aRunThatKeepsNoTablesPrintsTheFirstStatistics() throws IOException {
        Zips.deflated(Files.createDirectory(input.resolve("b")).resolve("c.zip"), "y.npy", Zips.npy(100, 0, 1, 100));
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        Console.withOut(printed, () -> {
            CommandResult said = call("run", "--input", input + "/**");
            assertThat(said.status).as(said.err).isZero();
            assertThat(said.err).contains("zipmap: 3 more rows of statistics: --output FOLDER keeps all\n");
            return said;
        });
        List<String> rows = printed.toString(StandardCharsets.UTF_8)
                .lines()
                .map(line -> line.replaceAll(" +", ""))
                .filter(line -> line.startsWith("|"))
                .toList();
        assertThat(rows)
                .startsWith(
                        "|archive|entry|column|count|nan_count|min|max|mean|stddev|",
                        "|a.zip|x.npy|c0|2|0|10.0|13.0|11.5|1.5|")
                .hasSize(101)
                .endsWith("|b/c.zip|y.npy|c96|1|0|96.0|96.0|96.0|0.0|");
    }

    @Test
    void aMissingInputIsOneSentence() {
        CommandResult said = call("run", "--input", folder.resolve("nowhere.zip"));
        assertThat(said.status).isEqualTo(1);
        assertThat(said.errors())
                .containsExactly(
                        "zipmap: [ZIPMAP_INPUT_MISSING] Cannot find the input: " + folder.resolve("nowhere.zip") + ".");
        CommandResult more = call("run", "--input", folder.resolve("nowhere.zip"), "--stacktrace");
        assertThat(more.status).isEqualTo(1);
        assertThat(more.err).contains("\tat io.zipmap.fs.Inputs.");
    }

    @Test
    void samplesAreGeneratedAndInspected() throws IOException {
        Path samples = folder.resolve("samples");
        CommandResult said =
                call("generate", "--output", samples, "--count", "2", "--shape", "10,4", "--container", "npz");
        assertThat(said.status).as(said.err).isZero();
        assertThat(said.err).contains("2 archives in " + samples + ", 2 of them written now");
        assertThat(said.out).isEmpty();
        CommandResult looked = call("inspect", "--input", samples);
        assertThat(looked.status).isZero();
        assertThat(looked.out.lines())
                .hasSize(2)
                .allMatch(line -> line.contains("!arr_0.npy: float32 (10, 4) C, deflate, "));
    }

    @Test
    void queriesAreReadFromStandardInput() throws IOException {
        Path output = folder.resolve("out");
        assertThat(call("run", "--input", input, "--output", output).status).isZero();
        InputStream stdin = System.in;
        String typed = "SELECT count(*)\n  FROM arrays;\n\nSELECT column\nFROM column_stats";
        System.setIn(new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)));
        try {
            Path results = folder.resolve("results");
            CommandResult said = call("sql", "--input", output, "--sql-output", results);
            assertThat(said.status).as(said.err).isZero();
            assertThat(results.resolve("query-1")).isDirectory();
            assertThat(results.resolve("query-2")).isDirectory();
        } finally {
            System.setIn(stdin);
        }
    }

    @Test
    void aScriptEndsAtItsFirstErrorWhichNamesTheStatement() {
        CommandResult said = script("-- rows; of arrays\nSELECT count(*) AS rows, max(_row) AS last FROM elements; "
                + "SELECT 2 AS two;\n.help\nSELECT\n  nothing FROM elements;\nSELECT 3 AS three;\n");
        assertThat(said.status).isEqualTo(1);
        assertThat(said.out).isEqualToIgnoringNewLines("{\"rows\":2,\"last\":1}{\"two\":2}");
        assertThat(said.errors())
                .filteredOn(line -> line.startsWith("zipmap: "))
                .singleElement()
                .asString()
                .startsWith("zipmap: statement 4, line 4: [ZIPMAP_SQL_FAILED]");
        CommandResult ended = script("SELECT 1 AS one; exit; SELECT 2 AS two");
        assertThat(ended.status).isZero();
        assertThat(ended.out).isEqualToIgnoringNewLines("{\"one\":1}");
    }

    private CommandResult script(String text) {
        InputStream stdin = System.in;
        System.setIn(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)) {
            @Override
            public void close() {
                throw new AssertionError("Standard input belongs to the process");
            }
        });
        try {
            return call("sql", "--input", input, "--result-format", "json");
        } finally {
            System.setIn(stdin);
        }
    }

    @Test
    void archivesAreQueriedAsTheViewElementsAndAFormerRunWithItsTablesToo() throws IOException {
        Path raw = Zips.deflated(folder.resolve("raw.zip"), "y.dat", Zips.floats(12, 0));
        Path output = folder.resolve("out");
        Object[] layout = {"--dtype", "float32", "--shape", "-1,3", "--entries", "y*"};
        String archives = resultOf(
                "SELECT a + b AS s FROM elements WHERE _row = 1",
                "sql",
                "--input",
                raw,
                "--columns",
                "a,b,...",
                "--provenance",
                layout);
        assertThat(archives).isEqualTo("{\"s\":7.0}");
        Object[] run = flat("run", "--input", raw, "--output", output, "--incremental", layout);
        assertThat(call(run).err).doesNotContain("carried over");
        assertThat(call(run).err.replaceAll(" +", " "))
                .contains("incremental 1 carried over, 0 new, 0 changed, 0 tried again, 0 removed");
        String former = resultOf(
                "SELECT sum(c2) = (SELECT sum FROM column_stats WHERE column = 'c2')"
                        + " AND (SELECT path FROM live_arrays) <> (SELECT path FROM arrays WHERE NOT removed) AS same"
                        + " FROM elements",
                "sql",
                "--input",
                output);
        assertThat(former).isEqualTo("{\"same\":true}");
        CommandResult both = call("sql", "--input", output, "--input", raw, "SELECT 1");
        assertThat(both.status).isEqualTo(2);
        assertThat(both.errors()).hasSize(1).first().asString().contains("together with other inputs");
    }

    @Test
    void queriesWarnThatScratchIsPlainTextWhereSparkEncrypts() {
        set("spark.io.encryption.enabled", "true");
        List<String> warnings = new ArrayList<>();
        AbstractAppender appender = new AbstractAppender("warnings", null, null, true, Property.EMPTY_ARRAY) {
            @Override
            public void append(LogEvent event) {
                warnings.add(event.getMessage().getFormattedMessage());
            }
        };
        appender.start();
        Logger logger = (Logger) LogManager.getLogger("io.zipmap.job.EncryptionWarning");
        logger.addAppender(appender);
        logger.setLevel(Level.WARN);
        try {
            assertThat(call("sql", "--input", input, "SELECT count(*) FROM elements").status)
                    .isZero();
        } finally {
            logger.removeAppender(appender);
        }
        assertThat(warnings).anyMatch(warning -> warning.contains("extracted arrays are in scratch unencrypted"));
    }

    /** The printed form of the only row of a query. */
    private String resultOf(String query, Object... words) throws IOException {
        Path results = folder.resolve("results-" + UUID.randomUUID());
        CommandResult said = call(flat(words, "--table-format", "json", "--sql-output", results, query));
        assertThat(said.status).as(said.err).isZero();
        try (Stream<Path> files = Files.list(results.resolve("query-1"))) {
            Path part = files.filter(file -> file.getFileName().toString().startsWith("part-"))
                    .findFirst()
                    .orElseThrow();
            return Files.readString(part).strip();
        }
    }

    private static Object[] flat(Object... words) {
        return Stream.of(words)
                .flatMap(word -> word instanceof Object[] ? Stream.of(flat((Object[]) word)) : Stream.of(word))
                .toArray();
    }

    @Test
    void theDemoComparesWithNoNaiveProcessThatDidNotRun() {
        CommandResult said = call("demo", "--naive", "--output", folder.resolve("demo"));
        assertThat(said.status).isEqualTo(2);
        assertThat(said.err).contains("[ZIPMAP_OPTION_INVALID]", "--naive", "submit.sh");
        assertThat(folder.resolve("demo")).doesNotExist();
    }

    @Test
    void theQueryOfTheDemoParses() {
        assertThat(new SparkSqlParser().parsePlan(DemoAction.QUERY).resolved()).isFalse();
    }
}
