package io.zipmap.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zipmap.Condition;
import io.zipmap.archive.ArchiveRef;
import io.zipmap.testing.Errors;
import io.zipmap.testing.SparkLocal;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.util.SerializableConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class PlanTest {
    private static final long HUGE = 1L << 40;

    @RegisterExtension
    static final SparkLocal SPARK = SparkLocal.java();

    @TempDir
    Path folder;

    private Path make(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, name);
    }

    private static Plan plan(long packBytes, Object... inputs) throws IOException {
        JavaSparkContext spark =
                JavaSparkContext.fromSparkContext(SPARK.session().sparkContext());
        Broadcast<SerializableConfiguration> hadoop =
                spark.broadcast(new SerializableConfiguration(spark.hadoopConfiguration()));
        return new Planner(spark, hadoop)
                .plan(Arrays.stream(inputs).map(Object::toString).toList(), packBytes);
    }

    private List<String> names(Object... inputs) throws IOException {
        try (Plan plan = plan(HUGE, inputs)) {
            List<String> names = plan.archives().map(ArchiveRef::uri).collect().stream()
                    .map(uri -> folder.relativize(Path.of(URI.create(uri).getPath())))
                    .map(Path::toString)
                    .sorted()
                    .toList();
            assertThat(plan.count()).isEqualTo(names.size());
            return names;
        }
    }

    @Test
    void anArchiveThatSeveralInputsNameIsTakenOnce() throws IOException {
        Path a = make("a.zip");
        make("b.zip");
        make("sub/c.zip");
        Path list = Files.writeString(folder.resolve("list"), a + "\n" + a + "\n" + folder + "/*.zip\n");
        assertThat(names(folder, a, a, folder + "/*", "file:" + a, "@" + list))
                .containsExactly("a.zip", "b.zip", "list", "sub/c.zip");
    }

    @Test
    void aListFileContainsInputsAndComments() throws IOException {
        Path a = make("with space.zip");
        make("sub/b.zip");
        make("glob/c1.zip");
        make("glob/d.zip");
        Path list = Files.writeString(
                folder.resolve("my list.txt"),
                "# archives\r\n\n  " + a + "  \n\t\n" + folder + "/sub\n#" + folder + "/missing\n" + folder
                        + "/glob/c*");
        assertThat(names("@" + list)).containsExactly("glob/c1.zip", "sub/b.zip", "with space.zip");
    }

    @Test
    void aListFileMayHaveAnyName() throws IOException {
        Path a = make("a.zip");
        for (String name : List.of("a,b", "a[1]", "what?", "100%", "größe {1}")) {
            Path list = Files.writeString(folder.resolve(name), a.toString());
            assertThat(names("@" + list)).as(name).containsExactly("a.zip");
        }
    }

    @Test
    void aListFileThatIsNoFileIsReportedAndNotOpened() throws Exception {
        Path list = folder.resolve("list");
        assertThat(new ProcessBuilder("mkfifo", list.toString()).start().waitFor())
                .isZero();
        assertThat(Errors.named(Condition.SOURCE_NOT_A_FILE, () -> names("@" + list)))
                .hasMessageContaining(list.toString());
    }

    @Test
    void aWrongInputInAListFileIsReported() throws IOException {
        Path a = make("a.zip");
        Files.createDirectory(folder.resolve("empty"));
        Path list = folder.resolve("list");
        Files.writeString(list, a + "\n" + folder + "/missing.zip\n");
        assertThat(Errors.named(Condition.INPUT_MISSING, () -> names("@" + list)))
                .hasMessageContaining(folder + "/missing.zip");
        Files.writeString(list, a + "\n" + folder + "/empty\n");
        assertThat(Errors.named(Condition.INPUT_EMPTY, () -> names("@" + list)))
                .hasMessageContaining(folder + "/empty");
        Errors.named(Condition.INPUT_MISSING, () -> names("@" + folder + "/nolist"));
        Files.writeString(list, "# nothing\n");
        assertThat(Errors.named(Condition.INPUT_EMPTY, () -> names("@" + list))).hasMessageContaining(list.toString());
    }

    @Test
    void aMissingOrEmptyInputIsReported() throws IOException {
        Path a = make("a.zip");
        Files.createDirectory(folder.resolve("empty"));
        assertThat(Errors.named(Condition.INPUT_MISSING, () -> names(a, folder + "/b.zip")))
                .hasMessageContaining(folder + "/b.zip");
        assertThat(Errors.named(Condition.INPUT_EMPTY, () -> names(a, folder + "/empty")))
                .hasMessageContaining(folder + "/empty");
        assertThat(Errors.named(Condition.INPUT_EMPTY, () -> names(folder + "/*.npz")))
                .hasMessageContaining(folder + "/*.npz");
        Errors.named(Condition.INPUT_MISSING, () -> names());
    }

    @Test
    void aGlobIsEmptyOnlyIfNoFolderContainsAMatch() throws IOException {
        make("2024/a.zip");
        make("2025/b.npz");
        Files.createDirectory(folder.resolve("2026"));
        assertThat(names(folder + "/20*/*.zip")).containsExactly("2024/a.zip");
        assertThat(names(folder + "/20*")).containsExactly("2024/a.zip", "2025/b.npz");
        assertThat(Errors.named(Condition.INPUT_EMPTY, () -> names(folder + "/20*/*.txt")))
                .hasMessageContaining(folder + "/20*/*.txt");
        Path list = Files.writeString(folder.resolve("list"), folder + "/20*/*.zip\n");
        assertThat(names("@" + list)).containsExactly("2024/a.zip");
    }

    @Test
    void manySmallArchivesShareFewTasksInTheOrderOfTheirNames() throws IOException {
        for (int i = 0; i < 60; i++) {
            make(String.format("many/%02d.zip", i));
        }
        try (Plan plan = plan(HUGE, folder.resolve("many"))) {
            List<List<ArchiveRef>> tasks = plan.archives().glom().collect();
            assertThat(tasks).hasSizeBetween(2, 16).allMatch(task -> !task.isEmpty());
            assertThat(plan.count()).isEqualTo(60);
            assertThat(plan.bytes()).isEqualTo(60 * "many/00.zip".length());
            tasks.forEach(task ->
                    assertThat(task.stream().map(ArchiveRef::uri)).isSorted().doesNotHaveDuplicates());
            assertThat(tasks.stream().mapToInt(List::size).sum()).isEqualTo(60);
        }
        try (Plan plan = plan(1, folder.resolve("many"))) {
            assertThat(plan.archives().getNumPartitions()).isEqualTo(60);
            assertThat(plan.archives().glom().collect()).allMatch(task -> task.size() == 1);
        }
    }

    /** With more than 200 tasks Spark shuffles the archives in another way. */
    @Test
    void archivesOfATaskAreInTheOrderOfTheirNamesAlsoWithManyTasks() throws IOException {
        for (int i = 0; i < 630; i++) {
            make(String.format("many/%03d.zip", i));
        }
        try (Plan plan = plan(TaskPacking.weight(32) * 3, folder.resolve("many"))) {
            List<List<ArchiveRef>> tasks = plan.archives().glom().collect();
            assertThat(tasks).hasSizeGreaterThan(200);
            tasks.forEach(task ->
                    assertThat(task.stream().map(ArchiveRef::uri)).isSorted().doesNotHaveDuplicates());
            assertThat(tasks.stream().mapToInt(List::size).sum()).isEqualTo(630);
        }
    }

    @Test
    void manyInputsAreListedInFewTasks() throws IOException {
        Object[] inputs = IntStream.range(0, 50)
                .mapToObj(i -> folder.resolve("in" + i + ".zip"))
                .toArray();
        for (int i = 0; i < 50; i++) {
            make("in" + i + ".zip");
        }
        assertThat(names(inputs)).hasSize(50);
    }

    @Test
    void noListingIsLeftPersistedIfPlanningFails() throws IOException {
        make("in/a.zip");
        JavaSparkContext spark =
                JavaSparkContext.fromSparkContext(SPARK.session().sparkContext());
        Planner planner =
                new Planner(spark, spark.broadcast(new SerializableConfiguration(spark.hadoopConfiguration())));
        List<String> inputs = List.of(folder.resolve("in").toString());
        Set<Integer> ofOtherTests = Set.copyOf(spark.getPersistentRDDs().keySet());
        IOException failure = new IOException("chosen");
        assertThatThrownBy(() -> planner.planChosen(inputs, HUGE, listed -> {
                    throw failure;
                }))
                .isSameAs(failure);
        assertThatThrownBy(() -> planner.planChosen(
                        inputs,
                        HUGE,
                        listed -> listed.filter(archive -> {
                            throw failure;
                        })))
                .hasStackTraceContaining("chosen");
        assertThat(ofOtherTests).containsAll(spark.getPersistentRDDs().keySet());
    }

    /** With ten thousand times as many archives, the driver could not hold bytes for each. */
    @Test
    void bytesSentToTheDriverDoNotGrowWithTheArchives() throws Exception {
        long few = resultBytes(4);
        long many = resultBytes(60);
        assertThat(many - few).isLessThan(20_000);
    }

    /** Plans over 50 folders of {@code files} archives each, and returns the bytes that tasks sent to the driver. */
    private long resultBytes(int files) throws Exception {
        for (int i = 0; i < 50 * files; i++) {
            make("tree" + files + "/" + i % 50 + "/deep/" + i / 50 + ".zip");
        }
        AtomicLong bytes = new AtomicLong();
        SparkListener sum = new SparkListener() {
            @Override
            public void onTaskEnd(SparkListenerTaskEnd end) {
                bytes.addAndGet(end.taskMetrics().resultSize());
            }
        };
        SparkContext spark = SPARK.session().sparkContext();
        spark.listenerBus().waitUntilEmpty();
        spark.addSparkListener(sum);
        try (Plan plan = plan(HUGE, folder.resolve("tree" + files) + "/**")) {
            assertThat(plan.count()).isEqualTo(50 * files);
            spark.listenerBus().waitUntilEmpty();
        } finally {
            spark.removeSparkListener(sum);
        }
        return bytes.get();
    }
}
