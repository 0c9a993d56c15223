package io.zipmap.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.it.SubmitScript.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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

    /** The output folder of {@link #undisturbed}. */
    private static final String ONE = "one";

    private static SubmitScript submit;
    private static Result undisturbed;
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
        undisturbed =
                run(ONE, List.of("--master", "local[2]"), "--sql", "SELECT count(*) AS rows_of_it FROM column_stats");
        assertThat(undisturbed.status()).as(undisturbed.err()).isZero();
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
        assertThat(undisturbed.out()).contains("rows_of_it", "|16 ").doesNotContain("archives");
        assertThat(undisturbed.err()).contains("archives        4", "peak RssAnon");
        assertThat(rows(ONE, "arrays")).hasSize(4).allMatch(row -> row.contains("\"placed\":\"extracted\""));
        assertThat(rows(ONE, "column_stats")).hasSize(16);
        assertThat(rows(ONE, "failures")).isEmpty();
        assertThat(left()).isEmpty();
    }

    @Test
    void aClusterOfTwoExecutorsGivesTheSameTablesAsOneProcess() throws Exception {
        Result cluster = run("cluster", List.of("--master", "local-cluster[2,1,1024]"), "--max-anon-growth", "512m");
        assertThat(cluster.status()).as(cluster.err()).isZero();
        assertThat(rows("cluster", "column_stats")).hasSize(16).isEqualTo(rows(ONE, "column_stats"));
        assertThat(rows("cluster", "arrays")).hasSize(4);
        assertThat(cluster.err()).contains("memory          executor 0", "memory          executor 1");
        assertThat(left()).isEmpty();
    }

    @Test
    void theDriverAggregatesToTheSameTables() throws Exception {
        Result driver = run("on-driver", List.of("--master", "local[2]"), "--aggregate-on", "driver");
        assertThat(driver.status()).as(driver.err()).isZero();
        assertThat(rows("on-driver", "column_stats")).hasSize(16).isEqualTo(rows(ONE, "column_stats"));
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
        assertThat(result.status()).as(result.err()).isZero();
        assertThat(result.out()).contains("--scratch-budget");
        assertThat(result.err()).isEmpty();
    }

    @Test
    void aLocalDriverHasTheVectorApiOnlyIfItIsSwitchedOn() throws Exception {
        String module = "--add-modules=jdk.incubator.vector";
        assertThat(submit.call("--dry-run", "run").out()).doesNotContain(module);
        assertThat(submit.call(Map.of("ZIPMAP_VECTOR_API", "on"), "--dry-run", "run")
                        .out())
                .contains(module);
    }

    @Test
    void dryRunPrintsTheCommandAndRunsNothing() throws Exception {
        Result result = submit.call("--dry-run", "--master", "local[3]", "--", "run", "--input", "a b");
        assertThat(result.status()).isZero();
        assertThat(result.out()).contains("-Dspark.master=local\\[3\\]", "io.zipmap.cli.Main", "a\\ b");
    }

    @Test
    void aClassPathThatTheUserSetInAFileStays() throws Exception {
        Path conf = Files.createDirectories(folder.resolve("conf of the user"));
        Path file = Files.writeString(conf.resolve("spark-defaults.conf"), "spark.driver.extraClassPath /x/user.jar\n");
        List<Result> starts = List.of(
                submit.call(Map.of("SPARK_CONF_DIR", conf.toString()), "--dry-run", "run"),
                submit.call("--dry-run", "--properties-file", file, "--", "run"));
        assertThat(starts)
                .allSatisfy(start ->
                        assertThat(start.out()).contains("-cp /x/user.jar:").doesNotContain("extraClassPath="));
    }

    @Test
    void theEmbeddedSparkIsUsedIfItIsTheSparkHomeEvenWithAnotherOnThePath() throws Exception {
        Path other = sparkHome("on the path", "spark-core_2.13-4.0.0.jar");
        Path embedded = SubmitScript.project().resolve("job/target/spark");
        Map<String, String> environment =
                Map.of("SPARK_HOME", embedded.toString(), "PATH", other.resolve("bin") + ":" + System.getenv("PATH"));
        assertThat(submit.call(environment, "--dry-run", "run").out()).contains(embedded + "/jars");
    }

    /** The executors of a cluster get the jar from SparkSubmit. */
    @Test
    void aDirectStartTakesOurDefaultsAndIsNotForACluster() throws Exception {
        Path home = folder.resolve("edited");
        SubmitScript edited = SubmitScript.copyTo(home, folder);
        Path conf = home.resolve("conf");
        Files.delete(conf);
        Files.createDirectory(conf);
        Path defaults = conf.resolve("spark-defaults.conf");
        Files.writeString(defaults, "spark.zipmap.scratchBudget = 7g\nspark.zipmap.sliceBytes\t1m");
        assertThat(edited.call("--dry-run", "generate").out())
                .contains("-Dspark.zipmap.scratchBudget=7g", "-Dspark.zipmap.sliceBytes=1m")
                .doesNotContain("SparkSubmit");
        Files.writeString(defaults, "spark.master=spark://host:7077\n");
        assertThat(edited.call("--dry-run", "generate").out()).contains("SparkSubmit");
    }

    @Test
    void aSmallDriverHasTheSerialCollectorUnlessItAnswersQueriesOrTheUserChoseOne() throws Exception {
        for (String small : List.of("1g", "1024m", "300m")) {
            assertThat(submit.call("--dry-run", "--driver-memory", small, "--", "run")
                            .out())
                    .contains(" -XX:+UseSerialGC -Xmn20m ");
        }
        // Two sizes of the young generation conflict, and those of the environment would go before ours.
        List<Result> sized = List.of(
                submit.call(Map.of("JAVA_TOOL_OPTIONS", "-Xmn99m"), "--dry-run", "run"),
                submit.call("--dry-run", "--driver-java-options", "-XX:NewSize=99m", "--", "run"));
        assertThat(sized)
                .allSatisfy(start ->
                        assertThat(start.out()).contains(" -XX:+UseSerialGC ").doesNotContain("-Xmn20m", "Survivor"));
        assertThat(submit.call("--dry-run", "--driver-memory", "1g", "--", "sql")
                        .out())
                .contains("-Xmx1g")
                .doesNotContain("SerialGC");
        for (String large : List.of("2g", "1025m")) {
            assertThat(submit.call("--dry-run", "--driver-memory", large, "--", "run")
                            .out())
                    .doesNotContain("SerialGC");
        }
        assertThat(submit.call("--dry-run", "--conf", "spark.driver.extraJavaOptions=-XX:+UseParallelGC", "--", "run")
                        .out())
                .contains("-XX:+UseParallelGC ")
                .doesNotContain("SerialGC");
        // The JVM does not start with two collectors: neither zipmap, nor the launcher that makes its command.
        String file = Files.writeString(folder.resolve("jvm.options"), "-XX:+UseParallelGC")
                .toString();
        for (String chosen : List.of("-XX:+UseZGC", "-Xms128m @" + file)) {
            assertThat(submit.call(Map.of("JDK_JAVA_OPTIONS", chosen), "--dry-run", "run")
                            .out())
                    .contains(" io.zipmap.cli.Main run")
                    .doesNotContain("SerialGC");
        }
        assertThat(submit.call("--dry-run", "--conf", "spark.driver.extraJavaOptions=@" + file, "--", "run")
                        .out())
                .contains(" io.zipmap.cli.Main run")
                .doesNotContain("SerialGC");
    }

    /** SparkSubmit fetches jars and files, and knows clusters; the rest zipmap reads from its system properties. */
    @Test
    void optionsOfALocalSparkNeedNoSparkSubmit() throws Exception {
        assertThat(submit.call("--dry-run", "--master=local", "--name", "n", "-c", "spark.a=b=c", "--", "run")
                        .out())
                .contains("-Dspark.master=local", "-Dspark.app.name=n", "-Dspark.a=b=c")
                .doesNotContain("SparkSubmit");
        assertThat(submit.call("--dry-run", "--driver-memory", "3g", "--", "sql")
                        .out())
                .contains("-Xmx3g", "-Dspark.driver.memory=3g")
                .doesNotContain("SparkSubmit");
        for (List<String> options : List.of(
                List.of("--master", "spark://host:7077"),
                List.of("--master", "local-cluster[1,1,1024]"),
                List.of("--conf", "spark.master=yarn"),
                List.of("--conf", "spark.jars=/x.jar"),
                List.of("--conf", "spark.driver.extraClassPath=/x.jar"),
                List.of("--packages", "a:b:1"),
                List.of("--verbose"))) {
            List<Object> words = new ArrayList<>(List.of("--dry-run"));
            words.addAll(options);
            words.addAll(List.of("--", "run"));
            assertThat(submit.call(words.toArray()).out()).as("%s", options).contains("SparkSubmit");
        }
    }

    /** A home of Spark whose spark-submit prints its words and what it finds in the environment. */
    private static Path sparkHome(String name, String... jars) throws IOException {
        Path home = Files.createDirectories(folder.resolve(name));
        executable(
                home.resolve("bin/spark-submit"),
                "printf '<%s>' \"$@\" \"home=$SPARK_HOME\" \"opts=$SPARK_SUBMIT_OPTS\"\nexit 7\n");
        Files.createDirectories(home.resolve("jars"));
        for (String jar : jars) {
            Files.createFile(home.resolve("jars").resolve(jar));
        }
        return home;
    }

    private static void executable(Path file, String script) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/bash\n" + script);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    @Test
    void aSparkHomeIsUsedWhenThereIsOne() throws Exception {
        Path home = sparkHome("a spark home", "spark-core_2.13-4.0.0.jar");
        Result result = submit.call(Map.of("SPARK_HOME", home.toString()), "--name", "x", "--", "run", "--input", "y");
        assertThat(result.status()).as(result.err()).isEqualTo(7);
        assertThat(result.out())
                .contains("<--class><io.zipmap.cli.Main>", "<--name><x>", "zipmap.jar><run><--input><y>")
                .contains("conf/log4j2.properties");
    }

    @Test
    void theNaiveProcessComesFirstWithAHeapOfItsOwn() throws Exception {
        Path home = sparkHome("with demo", "spark-core_2.13-4.0.0.jar");
        Map<String, String> environment = Map.of("SPARK_HOME", home.toString(), "TMPDIR", folder.toString());
        executable(home.resolve("bin/spark-submit"), "echo \"$@\"\n[[ $* == *NaiveMain* ]] && exit 137\nexit 8\n");
        Result both = submit.call(environment, "--name", "x", "--", "demo", "--naive");
        assertThat(both.status()).isEqualTo(8);
        assertThat(both.out().lines()).singleElement().asString().contains("io.zipmap.cli.Main", "demo --naive");
        assertThat(both.err())
                .containsPattern("(?s)io.zipmap.cli.NaiveMain.*--driver-memory 2g.*--name x.*demo --naive.*"
                        + "the naive driver died of memory: exit status 137");
        executable(home.resolve("bin/spark-submit"), "echo \"$@\"\nexit 9\n");
        Result first = submit.call(environment, "demo", "--naive");
        assertThat(first.status()).isEqualTo(9);
        assertThat(first.out()).isEmpty();
        assertThat(submit.call(environment, "demo").err()).doesNotContain("NaiveMain");
    }

    @Test
    void theUsersOwnLogConfigurationStays() throws Exception {
        Path home = sparkHome("with logs", "spark-core_2.13-4.0.0.jar");
        Files.createDirectories(home.resolve("conf"));
        Files.createFile(home.resolve("conf/log4j2.xml"));
        assertThat(submit.call(Map.of("SPARK_HOME", home.toString()), "run", "--input", "y")
                        .out())
                .doesNotContain("log4j2");
    }

    /** The layouts of pip and conda, of Debian and Homebrew's links, and of a wrapper script. */
    @Test
    void theHomeOfTheSparkOnThePathIsFound() throws Exception {
        Path home = sparkHome("site-packages/pyspark", "spark-core_2.13-4.0.0.jar");
        Path bin = folder.resolve("venv/bin");
        executable(bin.resolve("spark-submit"), "exit 8\n");
        Files.writeString(bin.resolve("find_spark_home.py"), "");
        Files.writeString(bin.resolve("find-spark-home"), "export SPARK_HOME=$(python3)\n");
        executable(bin.resolve("python3"), "printf '%s' '" + home + "'\n");
        Path links = Files.createDirectories(folder.resolve("links"));
        Files.createSymbolicLink(links.resolve("spark-submit"), home.resolve("bin/spark-submit"));
        Path wrappers = folder.resolve("wrappers");
        executable(wrappers.resolve("spark-submit"), "exec '" + home.resolve("bin/spark-submit") + "' \"$@\"\n");
        for (Path found : List.of(bin, links)) {
            assertThat(withPath(found).out()).as(found.toString()).contains("<home=" + home + ">");
        }
        assertThat(withPath(wrappers).out()).contains("zipmap.jar><run>", "<home=>");
    }

    private static Result withPath(Path first) throws Exception {
        Map<String, String> path = Map.of("PATH", first + ":" + System.getenv("PATH"));
        Result result = submit.call(path, "run", "--input", "y");
        assertThat(result.status()).as(result.err()).isEqualTo(7);
        return result;
    }

    @Test
    void aSparkThatDoesNotFitIsRefusedInOneSentence() throws Exception {
        Path old = sparkHome("old", "spark-core_2.13-3.5.6.jar");
        Path scala = sparkHome("scala", "spark-core_2.12-3.5.6.jar");
        for (Path home : List.of(old, scala)) {
            Result result = submit.call(Map.of("SPARK_HOME", home.toString()), "run", "--input", "y");
            assertThat(result.status()).isEqualTo(2);
            assertThat(result.err().lines())
                    .singleElement()
                    .asString()
                    .contains("Cannot use Spark 3.5.6", "zipmap needs Spark 4", home.toString());
        }
    }

    /** A JDK is judged by its file {@code release}, together with the Spark that will run. */
    @Test
    void aJavaThatDoesNotFitIsRefusedInOneSentence() throws Exception {
        Path java = folder.resolve("jdk-25");
        executable(java.resolve("bin/java"), "exit 9\n");
        Files.writeString(java.resolve("release"), "JAVA_VERSION=\"25.0.3\"\n");
        Path hadoop34 = sparkHome("hadoop 3.4", "spark-core_2.13-4.1.1.jar", "hadoop-client-api-3.4.2.jar");
        Path hadoop35 = sparkHome("hadoop 3.5", "spark-core_2.13-4.2.0.jar", "hadoop-client-api-3.5.0.jar");
        Map<String, String> environment = Map.of("JAVA_HOME", java.toString(), "SPARK_HOME", hadoop34.toString());
        Result refused = submit.call(environment, "run", "--input", "y");
        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.err().lines())
                .singleElement()
                .asString()
                .contains("Cannot run Spark 4.1.1 on Java 25", "Hadoop 3.4.2", "JDK 17");
        environment = Map.of("JAVA_HOME", java.toString(), "SPARK_HOME", hadoop35.toString());
        assertThat(submit.call(environment, "run", "--input", "y").status()).isEqualTo(7);
        Files.writeString(java.resolve("release"), "JAVA_VERSION=\"11.0.2\"\n");
        assertThat(submit.call(environment, "run", "--input", "y").err())
                .startsWith("submit.sh: Cannot run on Java 11: Spark 4 needs Java 17");
    }

    @Test
    void worksFromAFolderWhoseNameHoldsSpaces() throws Exception {
        Result result = SubmitScript.copyTo(folder.resolve("my job folder"), folder)
                .call(
                        CONF, NO_UI, "--", "inspect", "--json", "--input", archives, "--dtype", "float32", "--shape",
                        "-1,4");
        assertThat(result.status()).as(result.err()).isZero();
        assertThat(result.out().lines()).hasSize(4).allMatch(line -> line.contains("\"shape\":[1000,4]"));
    }
}
