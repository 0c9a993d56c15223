package io.zipmap.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zipmap.job.Zipmap;
import io.zipmap.job.extract.ArrayRecords;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tasks, executors and cancelled jobs that share the scratch of a node. */
class SharedNodesIT {
    @RegisterExtension
    static final ClusterExtension CLUSTER = new ClusterExtension();

    private static final int CANCELS = 25;
    private static final String PROMETHEUS = "org.apache.spark.metrics.sink.PrometheusServlet";

    private static StandaloneCluster cluster() {
        return CLUSTER.cluster();
    }

    private static GatedArchives archives() {
        return CLUSTER.archives();
    }

    @Test
    void undisturbedMapReadsAreLocal() throws Exception {
        ClusterSession spark = CLUSTER.session();
        Zipmap zipmap = spark.zipmap(archives().options());
        try (ArrayRecords records = zipmap.extract(archives().input())) {
            List<String> reads =
                    zipmap.mapArrays(records, new ReadLocationFunction()).collect();
            assertThat(reads).hasSize(12);
            long local = reads.stream()
                    .map(read -> read.split(" "))
                    .filter(read -> read[1].equals(read[2]))
                    .count();
            assertThat(local).as("of %s", reads).isGreaterThanOrEqualTo(Math.round(Math.ceil(0.95 * reads.size())));
            assertThat(reads.stream().map(read -> read.split(" ")[1]).distinct())
                    .hasSize(3);
        }
    }

    @Test
    void cancelledJobsReleaseFilesAndMaps() throws Exception {
        ClusterSession spark = CLUSTER.session();
        Zipmap zipmap = spark.zipmap(archives().options());
        try (ArrayRecords records = zipmap.extract(archives().input())) {
            JavaRDD<String> reads = zipmap.mapArrays(records, new ReadLocationFunction(spark.gatePath()));
            reads.collect();
            for (int i = 0; i < CANCELS; i++) {
                cancelAtGate(spark, reads::collect);
            }
            assertAllReleased(spark);
        }
        spark.ready();
        for (int i = 0; i < CANCELS; i++) {
            cancelAtGate(spark, () -> zipmap.extract(archives().input()));
        }
        assertAllReleased(spark);
        assertThat(cluster().scratch()).noneMatch(path -> path.toString().contains(".part-"));
        assertThat(ResultTables.ofRun(spark.session(), archives().options())).isEqualTo(CLUSTER.undisturbed());
    }

    private static void assertAllReleased(ClusterSession spark) throws Exception {
        for (ExecutorProcess executor : spark.executors()) {
            AtomicReference<List<String>> held = new AtomicReference<>(List.of());
            Await.until(() -> executor + " to let go of what cancelled tasks held: " + held.get(), () -> {
                held.set(executor.heldFiles(archives().folder()));
                return held.get().isEmpty();
            });
        }
    }

    private interface Job {
        Object run() throws Exception;
    }

    private static void cancelAtGate(ClusterSession spark, Job job) throws Exception {
        SparkContext context = spark.session().sparkContext();
        spark.gate().close(cluster().hosts());
        AsyncCall<Object> later = AsyncCall.call(() -> {
            context.setJobGroup("cancelled", "a job to be cancelled", true);
            return job.run();
        });
        spark.gate().awaitWaiting(6);
        assertThat(spark.executors())
                .allSatisfy(executor ->
                        assertThat(executor.heldFiles(archives().folder())).isNotEmpty());
        context.cancelJobGroup("cancelled");
        assertThatThrownBy(later::get).isInstanceOf(ExecutionException.class).hasStackTraceContaining("cancelled");
        Await.until("all to leave the gate", () -> spark.gate().waiting().isEmpty());
        spark.gate().open();
    }

    @Test
    void scratchRemovedBetweenExtractAndMapIsMadeAgain() throws Exception {
        ResultTables undisturbed = CLUSTER.undisturbed();
        ClusterSession spark = CLUSTER.session();
        Zipmap zipmap = spark.zipmap(archives().options());
        try (ArrayRecords records = zipmap.extract(archives().input())) {
            for (ClusterHost host : cluster().hosts()) {
                assertThat(host.arrays()).isNotEmpty();
                host.deleteScratch();
                assertThat(host.scratch()).isEmpty();
            }
            assertThat(ResultTables.of(zipmap, records)).isEqualTo(undisturbed);
        }
    }

    @Test
    void executorsOfOneHostShareItsScratchAndHealEachArrayOnce() throws Exception {
        ResultTables undisturbed = CLUSTER.undisturbed();
        CLUSTER.endSession();
        try (ClusterSession spark = ClusterSession.open(
                cluster(),
                6,
                Map.of(
                        "spark.executor.cores", "1",
                        "spark.locality.wait", "0s",
                        "spark.ui.enabled", "true",
                        "spark.ui.port", "0",
                        "spark.metrics.conf.*.sink.prometheusServlet.class", PROMETHEUS,
                        "spark.metrics.conf.*.sink.prometheusServlet.path", "/metrics/prometheus"))) {
            assertThat(scrape(spark))
                    .containsPattern("_MemoryPlugin_rssAnon_Value\\{type=\"gauges\"} [1-9]\\d{7,}\n")
                    .contains("_MemoryPlugin_heapUsed_Value", "_MemoryPlugin_arrayMaps_Value")
                    .doesNotContain("null");
            assertThat(ResultTables.ofRun(spark.session(), archives().options()))
                    .isEqualTo(undisturbed);
            spark.ready();
            Zipmap zipmap = spark.zipmap(archives().options());
            try (ArrayRecords records = zipmap.extract(archives().input() + "/a[0-4].zip")) {
                List<String> before = lastElements(zipmap.mapArrays(records, new ReadLocationFunction()));
                for (ClusterHost host : cluster().hosts()) {
                    for (Path array : host.arrays()) {
                        Files.delete(array);
                    }
                }
                spark.gate().reset();
                JavaRDD<String> healing = zipmap.mapArrays(records, new ReadLocationFunction());
                JavaRDD<String> twenty = healing.union(healing).union(healing).union(healing);
                assertThat(twenty.getNumPartitions()).isEqualTo(20);
                assertThat(lastElements(twenty))
                        .containsOnlyOnceElementsOf(before)
                        .hasSize(5);
                assertThat(spark.gate().passes())
                        .as("archives read, by host")
                        .hasSizeGreaterThanOrEqualTo(5)
                        .doesNotHaveDuplicates();
            }
        }
        cluster().awaitNoScratch();
    }

    /** What the Prometheus servlet of the driver says. */
    private static String scrape(ClusterSession spark) throws Exception {
        String page = spark.session().sparkContext().uiWebUrl().get() + "/metrics/prometheus/";
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(page)).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static List<String> lastElements(JavaRDD<String> reads) {
        return reads.collect().stream()
                .map(read -> read.replaceAll(" .* ", " "))
                .distinct()
                .sorted()
                .toList();
    }
}
