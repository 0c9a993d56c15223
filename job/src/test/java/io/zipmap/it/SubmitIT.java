package io.zipmap.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.it.SubmitScript.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** End-to-end tests through the launcher: a Spark process of its own, its output, and the files that it leaves. */
class SubmitIT {
    private static final String CONF = "--conf";
    private static final String NO_UI = "spark.ui.enabled=false";

    @TempDir
    static Path folder;

    private static SubmitScript submit;
    private static Path archives;
    private static Path scratch;

    @BeforeAll
    static void generateFourArchives() throws Exception {
        submit = SubmitScript.from(folder);
        archives = folder.resolve("the archives");
        scratch = Files.createDirectory(folder.resolve("scratch"));
        Result made =
                submit.call(CONF, NO_UI, "--", "generate", "--output", archives, "--count", 4, "--shape", "1000,4");
        assertThat(made.status()).as(made.err()).isZero();
    }

    private static Result run(String name, List<String> spark, String... more) throws Exception {
        Stream<String> words = Stream.of(
                        Stream.of(CONF, NO_UI, CONF, "spark.local.dir=" + scratch),
                        spark.stream(),
                        Stream.of("--", "run", "--input", archives.toString(), "--dtype", "float32", "--shape", "-1,4"),
                        Stream.of("--output", folder.resolve(name).toString(), "--table-format", "json"),
                        Stream.of(more))
                .flatMap(part -> part);
        return submit.call(words.toArray());
    }

    private static TreeSet<String> rows(String name, String table) throws IOException {
        TreeSet<String> rows = new TreeSet<>();
        try (Stream<Path> files = Files.list(folder.resolve(name).resolve(table))) {
            files.filter(file -> file.toString().endsWith(".json")).forEach(file -> rows.addAll(lines(file)));
        }
        return rows;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> left() throws IOException {
        try (Stream<Path> all = Files.walk(scratch)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> file.toString().matches(".*\\.(raw|npy|part-.*)"))
                    .toList();
        }
    }

    @Test
    void runPublishesTheTablesPrintsTheQueryAndLeavesNoScratch() throws Exception {
        Result result = run(
                "tables", List.of("--master", "local[2]"), "--sql", "SELECT count(*) AS rows_of_it FROM column_stats");
        assertThat(result.status()).as(result.err()).isZero();
        assertThat(result.out()).contains("rows_of_it", "|16 ", "archives        4", "peak RssAnon");
        assertThat(rows("tables", "arrays")).hasSize(4).allMatch(row -> row.contains("\"placed\":\"extracted\""));
        assertThat(rows("tables", "column_stats")).hasSize(16);
        assertThat(rows("tables", "failures")).isEmpty();
        assertThat(left()).isEmpty();
    }

    @Test
    void aClusterOfTwoExecutorsGivesTheSameTablesAsOneProcess() throws Exception {
        Result one = run("one", List.of("--master", "local[2]"));
        Result cluster = run("cluster", List.of("--master", "local-cluster[2,1,1024]"));
        assertThat(one.status()).as(one.err()).isZero();
        assertThat(cluster.status()).as(cluster.err()).isZero();
        assertThat(rows("cluster", "column_stats")).hasSize(16).isEqualTo(rows("one", "column_stats"));
        assertThat(rows("cluster", "arrays")).hasSize(4);
        assertThat(cluster.out()).contains("memory          executor 0", "memory          executor 1");
        assertThat(left()).isEmpty();
    }

    @Test
    void theDriverAggregatesToTheSameTables() throws Exception {
        Result executors = run("on-executors", List.of("--master", "local[2]"));
        Result driver = run("on-driver", List.of("--master", "local[2]"), "--aggregate-on", "driver");
        assertThat(executors.status()).as(executors.err()).isZero();
        assertThat(driver.status()).as(driver.err()).isZero();
        assertThat(rows("on-driver", "column_stats")).hasSize(16).isEqualTo(rows("on-executors", "column_stats"));
    }

    @Test
    void aDamagedArchiveIsARowAndExitStatusThreeOrTheEndOfARunThatMayNotFail() throws Exception {
        Path damaged = Files.writeString(folder.resolve("damaged.zip"), "PK\3\4 and then nothing");
        Result quarantined = run("quarantined", List.of("--master", "local[2]"), "--input", damaged.toString());
        assertThat(quarantined.status()).as(quarantined.err()).isEqualTo(3);
        assertThat(rows("quarantined", "arrays")).hasSize(4);
        assertThat(rows("quarantined", "failures"))
                .singleElement()
                .asString()
                .contains("ZIPMAP_ARCHIVE_TRUNCATED", "damaged.zip");
        Result failed =
                run("failed", List.of("--master", "local[2]"), "--input", damaged.toString(), "--on-error", "fail");
        assertThat(failed.status()).isEqualTo(1);
        assertThat(failed.err()).contains("zipmap: [ZIPMAP_ARCHIVE_TRUNCATED]").doesNotContain("\tat ");
        assertThat(folder.resolve("failed")).doesNotExist();
        assertThat(left()).isEmpty();
    }

    @Test
    void mistakesOfTheCallerEndInOneSentence() throws Exception {
        Result missing = submit.call(CONF, NO_UI, "--", "run", "--input", folder.resolve("nowhere"));
        assertThat(missing.status()).isEqualTo(1);
        assertThat(missing.err()).contains("[ZIPMAP_INPUT_MISSING]").doesNotContain("\tat ");
        Result unknown = submit.call("run", "--scratch-bugdet", "1g");
        assertThat(unknown.status()).isEqualTo(2);
        assertThat(unknown.err()).contains("--scratch-budget");
        assertThat(submit.call("--master", "local[2]").status()).isEqualTo(2);
    }

    @Test
    void sparkConfigurationGivesOptionsAndPrintConfigSaysSo() throws Exception {
        Result result =
                submit.call(CONF, "spark.zipmap.sliceBytes=1m", "--", "run", "--pack-bytes", "2m", "--print-config");
        assertThat(result.status()).as(result.err()).isZero();
        assertThat(result.out())
                .containsPattern("sliceBytes +=  ?1m +\\(spark.zipmap.sliceBytes\\)")
                .containsPattern("packBytes +=  ?2m +\\(--pack-bytes\\)")
                .containsPattern("onError +=  ?quarantine +\\(default\\)");
    }

    @Test
    void helpNeedsNoSpark() throws Exception {
        Result result = submit.call(Map.of("SPARK_CONF_DIR", folder.toString()), "run", "--help");
        assertThat(result.status()).isZero();
        assertThat(result.out()).contains("--scratch-budget");
        assertThat(result.err()).isEmpty();
    }

    @Test
    void dryRunPrintsTheCommandAndRunsNothing() throws Exception {
        Result result = submit.call("--dry-run", "--master", "local[3]", "--", "run", "--input", "a b");
        assertThat(result.status()).isZero();
        assertThat(result.out()).contains("org.apache.spark.deploy.SparkSubmit", "local\\[3\\]", "a\\ b");
    }

    @Test
    void aSparkHomeIsUsedWhenThereIsOne() throws Exception {
        Path home = Files.createDirectories(folder.resolve("a spark home/bin")).getParent();
        Path program = Files.writeString(home.resolve("bin/spark-submit"), "#!/bin/sh\nprintf '<%s>' \"$@\"\nexit 7\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        Result result = submit.call(Map.of("SPARK_HOME", home.toString()), "--name", "x", "--", "run", "--input", "y");
        assertThat(result.status()).isEqualTo(7);
        assertThat(result.out())
                .contains("<--class><io.zipmap.cli.Main>", "<--name><x>", "zipmap.jar><run><--input><y>");
    }

    @Test
    void worksFromAFolderWhoseNameHoldsSpaces() throws Exception {
        Path home = Files.createDirectories(folder.resolve("my job folder"));
        Path project = SubmitScript.project();
        for (String file : List.of("submit.sh", "pom.xml")) {
            Files.copy(project.resolve(file), home.resolve(file));
        }
        Files.createDirectories(home.resolve("job/src/main"));
        Files.copy(project.resolve("job/pom.xml"), home.resolve("job/pom.xml"));
        Files.createDirectories(home.resolve("job/target"));
        Files.createSymbolicLink(home.resolve("job/target/spark"), project.resolve("job/target/spark"));
        Files.copy(project.resolve("job/target/zipmap.jar"), home.resolve("job/target/zipmap.jar"));
        Result result = SubmitScript.with(home.resolve("submit.sh"), folder)
                .call(
                        CONF, NO_UI, "--", "inspect", "--json", "--input", archives, "--dtype", "float32", "--shape",
                        "-1,4");
        assertThat(result.status()).as(result.err()).isZero();
        assertThat(result.out().lines()).hasSize(4).allMatch(line -> line.contains("\"shape\":\"(1000, 4)\""));
    }
}
