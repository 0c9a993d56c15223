package io.zipmap.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.job.Zipmap;
import io.zipmap.job.extract.ArrayRecords;
import io.zipmap.memory.MemoryMetric;
import io.zipmap.memory.MemoryTimeline;
import io.zipmap.memory.ProcessTimeline;
import java.util.List;
import org.apache.spark.SparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Loss of executors and hosts during a run. */
class LostProcessesIT {
    @RegisterExtension
    static final ClusterExtension CLUSTER = new ClusterExtension();

    private static StandaloneCluster cluster() {
        return CLUSTER.cluster();
    }

    private static GatedArchives archives() {
        return CLUSTER.archives();
    }

    private interface Fault {
        void inject(ExecutorProcess executor) throws Exception;
    }

    private static void kill(ExecutorProcess executor) throws Exception {
        executor.kill();
    }

    private static void loseItsHost(ExecutorProcess executor) throws Exception {
        cluster().host(executor.host()).lose();
    }

    /** Injects the fault while every core of every host has read half an array. */
    private static ExecutorProcess disturbExtract(Fault fault) throws Exception {
        ResultTables undisturbed = CLUSTER.undisturbed();
        ClusterSession spark = CLUSTER.session();
        spark.gate().close(cluster().hosts());
        AsyncCall<ResultTables> run = AsyncCall.call(
                () -> ResultTables.ofRun(spark.session(), archives().options()));
        List<Long> waiting = spark.gate().awaitWaiting(6);
        ExecutorProcess victim = cluster().executor(spark.application(), waiting.get(0));
        fault.inject(victim);
        spark.gate().open();
        assertThat(run.get()).isEqualTo(undisturbed);
        return victim;
    }

    /**
     * Stops the executor before it gets tasks of the map stage, so that it has finished none when the fault happens.
     */
    private static void disturbMap(Fault fault) throws Exception {
        ResultTables undisturbed = CLUSTER.undisturbed();
        ClusterSession spark = CLUSTER.session();
        Zipmap zipmap = spark.zipmap(archives().options());
        try (ArrayRecords records = zipmap.extract(archives().input())) {
            ExecutorProcess victim = spark.executors().get(0);
            victim.stop();
            TaskStartListener starts = TaskStartListener.of(spark.session().sparkContext());
            AsyncCall<ResultTables> tables = AsyncCall.call(() -> ResultTables.of(zipmap, records));
            starts.await(victim);
            fault.inject(victim);
            assertThat(tables.get()).isEqualTo(undisturbed);
        }
    }

    @Test
    void anExecutorKilledInExtractCostsNoArrayAndLeavesItsMemoryTimeline() throws Exception {
        ExecutorProcess victim = disturbExtract(LostProcessesIT::kill);
        SparkContext spark = CLUSTER.session().session().sparkContext();
        Await.until(
                "the loss of the executor", () -> timeline(spark, victim).loss().isPresent());
        ProcessTimeline lost = timeline(spark, victim);
        assertThat(lost.points()).isNotEmpty();
        assertThat(lost.peak().orElseThrow().value(MemoryMetric.HEAP_USED)).isPresent();
        assertThat(MemoryTimeline.of(spark).stages())
                .anyMatch(stage -> stage.end().isPresent());
    }

    private static ProcessTimeline timeline(SparkContext spark, ExecutorProcess executor) {
        return MemoryTimeline.of(spark).processes().stream()
                .filter(one -> one.process().executor().equals(executor.id()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void anExecutorKilledInMapCostsNoArray() throws Exception {
        disturbMap(LostProcessesIT::kill);
    }

    @Test
    void aHostLostInExtractCostsNoArray() throws Exception {
        disturbExtract(LostProcessesIT::loseItsHost);
    }

    @Test
    void aHostLostInMapCostsNoArray() throws Exception {
        disturbMap(LostProcessesIT::loseItsHost);
    }

    /** Prints a time for the reader; asserts none, because times vary on a busy machine. */
    @Test
    void aHostLostAfterExtractCostsItsShareAgain() throws Exception {
        ResultTables undisturbed = CLUSTER.undisturbed();
        ClusterSession spark = CLUSTER.session();
        Zipmap zipmap = spark.zipmap(archives().options());
        long extracted;
        long mapped;
        try (ArrayRecords records = zipmap.extract(archives().input())) {
            assertThat(ResultTables.of(zipmap, records)).as("once to warm up").isEqualTo(undisturbed);
            extracted = System.nanoTime();
            assertThat(ResultTables.of(zipmap, records)).isEqualTo(undisturbed);
            mapped = System.nanoTime();
        }
        spark.ready();
        long start = System.nanoTime();
        try (ArrayRecords records = zipmap.extract(archives().input())) {
            double whole = (System.nanoTime() - start) / 1e9;
            ClusterHost lost = cluster().hosts().get(1);
            int share = lost.arrays().size();
            assertThat(share).isPositive();
            lost.lose();
            spark.gate().reset();
            long again = System.nanoTime();
            assertThat(ResultTables.of(zipmap, records)).isEqualTo(undisturbed);
            long added = System.nanoTime() - again - (mapped - extracted);
            List<String> passes = spark.gate().passes();
            assertThat(passes).as("archives read again, by host").doesNotHaveDuplicates();
            assertThat(passes.stream().map(pass -> pass.split(" ")[1]).distinct())
                    .as("no more than its share")
                    .hasSize(share);
            System.out.printf(
                    "host lost after extract: %.2f s more, twice the extraction of its share is %.2f s; %d of "
                            + "12 arrays, %d times%n",
                    added / 1e9, 2 * whole * share / 12, share, passes.size());
        }
    }
}
