package io.zipmap.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.job.ArrayRecords;
import io.zipmap.job.Zipmap;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Executors and whole hosts that die while the job runs, in each stage. */
class LostProcessesIT {
    @RegisterExtension
    static final WithCluster CLUSTER = new WithCluster();

    private static StandaloneCluster cluster() {
        return CLUSTER.cluster();
    }

    private static GatedArchives archives() {
        return CLUSTER.undisturbed().archives();
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        cluster().awaitNoScratch();
    }

    private interface Blow {
        void strike(Executor executor) throws Exception;
    }

    private static void kill(Executor executor) throws Exception {
        executor.kill();
    }

    private static void loseItsHost(Executor executor) throws Exception {
        cluster().host(executor.host()).lose();
    }

    /** Every core of every host has half an array when it happens. */
    private static void disturbExtract(Blow blow) throws Exception {
        try (ClusterSession spark = ClusterSession.open(cluster())) {
            spark.gate().close(cluster().hosts());
            Later<Tables> run =
                    Later.call(() -> Tables.ofRun(spark.session(), archives().options()));
            List<Long> waiting = spark.gate().awaitWaiting(6);
            blow.strike(cluster().executor(spark.application(), waiting.get(0)));
            spark.gate().open();
            assertThat(run.get()).isEqualTo(CLUSTER.undisturbed().tables());
        }
    }

    /** The victim is stopped before it gets tasks of the map stage, so that it has not ended any of them when it dies. */
    private static void disturbMap(Blow blow) throws Exception {
        try (ClusterSession spark = ClusterSession.open(cluster())) {
            Zipmap zipmap = spark.zipmap(archives().options());
            try (ArrayRecords records = zipmap.extract(archives().input())) {
                Executor victim = spark.executors().get(0);
                victim.stop();
                TaskStarts starts = TaskStarts.of(spark.session().sparkContext());
                Later<Tables> tables = Later.call(() -> Tables.of(zipmap, records));
                starts.await(victim);
                blow.strike(victim);
                assertThat(tables.get()).isEqualTo(CLUSTER.undisturbed().tables());
            }
        }
    }

    @Test
    void anExecutorKilledInExtractCostsNoArray() throws Exception {
        disturbExtract(LostProcessesIT::kill);
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
}
