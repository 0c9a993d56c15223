package io.zipmap.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.job.Zipmap;
import io.zipmap.job.extract.ArrayRecords;
import io.zipmap.options.Option;
import io.zipmap.testing.Repository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Start, end, crash and concurrency of applications, and executors that Spark itself removes. */
class ApplicationsIT {
    @RegisterExtension
    static final ClusterExtension CLUSTER = new ClusterExtension();

    @TempDir
    Path folder;

    private static StandaloneCluster cluster() {
        return CLUSTER.cluster();
    }

    private static GatedArchives archives() {
        return CLUSTER.archives();
    }

    @Test
    void aRestartedHostStillHasItsCache() throws Exception {
        ResultTables undisturbed = CLUSTER.undisturbed();
        ClusterSession spark = CLUSTER.session();
        Map<Option, String> keep = archives().options(Option.KEEP_SCRATCH, "true");
        List<Long> extracted = new ArrayList<>();
        ResultTables.ofRun(spark.session(), keep, summary -> extracted.add(summary.extractedBytes()));
        ClusterHost host = cluster().hosts().get(0);
        List<Path> arrays = host.arrays();
        assertThat(arrays).isNotEmpty();
        host.crash();
        cluster().ready();
        spark.awaitExecutors();
        ResultTables again =
                ResultTables.ofRun(spark.session(), keep, summary -> extracted.add(summary.extractedBytes()));
        assertThat(again).isEqualTo(undisturbed);
        assertThat(host.arrays()).containsExactlyInAnyOrderElementsOf(arrays);
        assertThat(extracted)
                .as("bytes extracted by either run")
                .hasSize(2)
                .last()
                .isEqualTo(0L);
        cluster().hosts().forEach(ClusterHost::deleteScratch);
    }

    @Test
    void aStoppedExecutorDoesNotStopTheRun() throws Exception {
        ResultTables undisturbed = CLUSTER.undisturbed();
        CLUSTER.endSession();
        Map<String, String> speculation = Map.of(
                "spark.speculation", "true",
                "spark.speculation.interval", "100ms",
                "spark.speculation.quantile", "0.5",
                "spark.speculation.minTaskRuntime", "500ms",
                "spark.executor.heartbeatInterval", "1s",
                "spark.network.timeout", "10s",
                "spark.network.timeoutInterval", "2s");
        try (ClusterSession spark = ClusterSession.open(cluster(), 3, speculation)) {
            spark.gate().close(cluster().hosts());
            AsyncCall<ResultTables> run = AsyncCall.call(
                    () -> ResultTables.ofRun(spark.session(), archives().options()));
            ExecutorProcess straggler = cluster()
                    .executor(spark.application(), spark.gate().awaitWaiting(6).get(0));
            straggler.stop();
            spark.gate().open();
            assertThat(run.get()).isEqualTo(undisturbed);
            straggler.resume();
        }
        cluster().awaitNoScratch();
    }

    @Test
    void aDecommissionedHostHandsOverItsData() throws Exception {
        ResultTables undisturbed = CLUSTER.undisturbed();
        CLUSTER.endSession();
        Map<String, String> decommission = Map.of(
                "spark.decommission.enabled", "true",
                "spark.storage.decommission.enabled", "true",
                "spark.storage.decommission.rddBlocks.enabled", "true",
                "spark.storage.decommission.shuffleBlocks.enabled", "true");
        try (ClusterSession spark = ClusterSession.open(cluster(), 3, decommission)) {
            Zipmap zipmap = spark.zipmap(archives().options());
            try (ArrayRecords records = zipmap.extract(archives().input())) {
                ExecutorProcess leaving = spark.executors().get(0);
                ClusterHost host = cluster().host(leaving.host());
                host.decommission();
                Await.until(leaving + " to leave", () -> !leaving.isAlive());
                assertThat(host.arrays()).isEmpty();
                assertThat(ResultTables.of(zipmap, records)).isEqualTo(undisturbed);
                host.crash();
            }
        }
        cluster().awaitNoScratch();
    }

    @Test
    void arraysOfRemovedIdleExecutorsAreExtractedAgain() throws Exception {
        ResultTables undisturbed = CLUSTER.undisturbed();
        CLUSTER.endSession();
        Map<String, String> dynamic = Map.of(
                "spark.dynamicAllocation.enabled", "true",
                "spark.dynamicAllocation.shuffleTracking.enabled", "true",
                "spark.dynamicAllocation.shuffleTracking.timeout", "1s",
                "spark.dynamicAllocation.initialExecutors", "3",
                "spark.dynamicAllocation.executorIdleTimeout", "1s",
                "spark.dynamicAllocation.cachedExecutorIdleTimeout", "1s");
        try (ClusterSession spark = ClusterSession.open(cluster(), 0, dynamic)) {
            Zipmap zipmap = spark.zipmap(archives().options());
            try (ArrayRecords records = zipmap.extract(archives().input())) {
                Await.until("all executors to go", () -> spark.executors().isEmpty());
                assertThat(ResultTables.of(zipmap, records)).isEqualTo(undisturbed);
            }
        }
        cluster().awaitNoScratch();
    }

    private SubmitScript.Running submit(Path gate, Path output, String cores, String... more) throws Exception {
        List<String> words = new ArrayList<>(List.of("--master", cluster().url()));
        ClusterSession.conf(gate).forEach((key, value) -> words.addAll(List.of("--conf", key + "=" + value)));
        words.addAll(List.of("--conf", "spark.ui.enabled=false"));
        words.addAll(List.of(
                "--driver-class-path",
                Repository.file("job/target/test-classes").toString()));
        words.addAll(List.of("--conf", "spark.cores.max=" + cores, "--conf", "spark.executor.cores=1"));
        words.addAll(List.of("--", "run", "--output", output.toString()));
        archives().options().forEach((option, text) -> words.addAll(List.of(option.flag(), text)));
        words.addAll(List.of(more));
        return SubmitScript.from(folder).start(Map.of(), words.toArray());
    }

    @Test
    void twoApplicationsShareACacheAndExtractEachArrayOnceAHost() throws Exception {
        ResultTables undisturbed = CLUSTER.undisturbed();
        CLUSTER.endSession();
        Map<String, String> half = Map.of("spark.cores.max", "3", "spark.executor.cores", "1");
        Path output = folder.resolve("other");
        try (ClusterSession spark = ClusterSession.open(cluster(), 3, half)) {
            Gate gate = spark.gate();
            gate.close(cluster().hosts());
            Map<Option, String> keep = archives().options(Option.KEEP_SCRATCH, "true");
            AsyncCall<ResultTables> one = AsyncCall.call(() -> ResultTables.ofRun(spark.session(), keep));
            gate.awaitWaiting(3);
            try (SubmitScript.Running other = submit(Path.of(spark.gatePath()), output, "3", "--keep-scratch")) {
                Await.until("executors of both", () -> count() == 6);
                gate.open();
                assertThat(one.get()).isEqualTo(undisturbed);
                SubmitScript.Result result = other.end();
                assertThat(result.status()).as(result.err()).isZero();
            }
            assertThat(ResultTables.published(spark.session(), output)).isEqualTo(undisturbed);
            assertThat(gate.passes())
                    .as("archives read, by host")
                    .hasSizeGreaterThanOrEqualTo(12)
                    .doesNotHaveDuplicates();
        }
        cluster().hosts().forEach(ClusterHost::deleteScratch);
    }

    private static long count() {
        return cluster().hosts().stream()
                .mapToLong(host -> host.executors().size())
                .sum();
    }

    @Test
    void aKilledDriverLeavesNothing() throws Exception {
        CLUSTER.endSession();
        Gate gate = new Gate(Files.createDirectory(folder.resolve("gate")));
        gate.close(cluster().hosts());
        try (SubmitScript.Running driver = submit(folder.resolve("gate"), folder.resolve("output"), "3")) {
            gate.awaitWaiting(3);
            assertThat(cluster().scratch()).isNotEmpty();
            driver.kill();
            Await.until("all executors to go", () -> count() == 0);
        }
        cluster().awaitNoScratch();
        assertThat(folder.resolve("output")).doesNotExist();
    }

    @Test
    void leftoversOfAPowerCutAreSweptByTheNextStartOnTheNode() throws Exception {
        CLUSTER.endSession();
        Gate gate = new Gate(Files.createDirectory(folder.resolve("gate")));
        gate.close(cluster().hosts());
        try (SubmitScript.Running driver = submit(folder.resolve("gate"), folder.resolve("output"), "3")) {
            gate.awaitWaiting(3);
            for (ClusterHost host : cluster().hosts()) {
                host.crash();
            }
            driver.kill();
        }
        for (ClusterHost host : cluster().hosts()) {
            assertThat(host.scratch()).anyMatch(path -> path.toString().contains(".part-"));
        }
        cluster().ready();
        assertThat(ResultTables.ofRun(CLUSTER.session().session(), archives().options()))
                .isEqualTo(CLUSTER.undisturbed());
        CLUSTER.endSession();
    }
}
