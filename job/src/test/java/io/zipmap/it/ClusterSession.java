package io.zipmap.it;

import io.zipmap.job.Zipmap;
import io.zipmap.memory.MemoryPlugin;
import io.zipmap.options.Option;
import io.zipmap.store.NodeScratch;
import io.zipmap.testing.Repository;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.FileUtil;
import org.apache.spark.SparkConf;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.sql.SparkSession;

/** An application on the cluster whose driver is this process. Reads of {@code gate:///} archives pass its gate. */
final class ClusterSession implements AutoCloseable {
    private final StandaloneCluster cluster;
    private final Path folder;
    private final SparkSession session;
    private final int executors;

    private ClusterSession(StandaloneCluster cluster, Path folder, int executors, SparkSession session) {
        this.cluster = cluster;
        this.folder = folder;
        this.executors = executors;
        this.session = session;
    }

    /** Starts an application with an executor of two cores on each host. */
    static ClusterSession open(StandaloneCluster cluster) throws Exception {
        return open(cluster, 3, Map.of());
    }

    /**
     * @param executors number of executors to wait for
     * @param more additional Spark configuration
     */
    static ClusterSession open(StandaloneCluster cluster, int executors, Map<String, String> more) throws Exception {
        Path folder = Files.createTempDirectory("zipmap-driver");
        Files.createDirectory(folder.resolve("gate"));
        SparkConf conf = new SparkConf()
                .setMaster(cluster.url())
                .setAppName("zipmap cluster tests")
                .set("spark.ui.enabled", "false")
                .set("spark.plugins", MemoryPlugin.class.getName())
                .set("spark.local.dir", folder.resolve("local").toString())
                .set("spark.sql.warehouse.dir", folder.resolve("warehouse").toString());
        conf(folder.resolve("gate")).forEach(conf::set);
        more.forEach(conf::set);
        ClusterSession opened = new ClusterSession(
                cluster, folder, executors, SparkSession.builder().config(conf).getOrCreate());
        opened.ready();
        return opened;
    }

    /**
     * Waits until all executors run, including replacements of killed ones. Resets the gate, and deletes the extracted
     * arrays, so that they are extracted again.
     */
    void ready() throws Exception {
        awaitExecutors();
        for (ClusterHost host : cluster.hosts()) {
            for (Path array : host.arrays()) {
                Files.delete(array);
            }
        }
        gate().reset();
    }

    /** Spark configuration of an application on the cluster, in this process or another. */
    static Map<String, String> conf(Path gate) {
        Map<String, String> conf = new HashMap<>();
        conf.put("spark.driver.host", "127.0.0.1");
        conf.put("spark.driver.bindAddress", "127.0.0.1");
        conf.put("spark.serializer", KryoSerializer.class.getName());
        conf.put("spark.executor.memory", "512m");
        conf.put("spark.executor.extraJavaOptions", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC " + SparkDaemon.LOGGING);
        conf.put(
                "spark.executor.extraClassPath",
                Repository.file("job/target/zipmap.jar")
                        + File.pathSeparator
                        + Repository.file("job/target/test-classes"));
        conf.put("spark.scheduler.minRegisteredResourcesRatio", "1.0");
        // For tiny tables, compiling a query takes longer than running it.
        conf.put("spark.sql.codegen.wholeStage", "false");
        conf.put("spark.sql.codegen.factoryMode", "NO_CODEGEN");
        conf.put("spark.sql.adaptive.enabled", "false");
        conf.put("spark.sql.shuffle.partitions", "2");
        conf.put("spark.hadoop." + GatedFileSystem.KEY, GatedFileSystem.class.getName());
        conf.put("spark.hadoop." + GatedFileSystem.FOLDER, gate.toString());
        return conf;
    }

    void awaitExecutors() throws Exception {
        Await.until(
                () -> executors + " executors, but there are " + registered(),
                () -> registered() == executors && executors().size() == executors);
    }

    /** Number of executors of the scheduler, whose list includes the driver. */
    private int registered() {
        return session.sparkContext().statusTracker().getExecutorInfos().length - 1;
    }

    SparkSession session() {
        return session;
    }

    String application() {
        return session.sparkContext().applicationId();
    }

    Gate gate() {
        return new Gate(Path.of(gatePath()));
    }

    /** The folder of the gate. */
    String gatePath() {
        return folder.resolve("gate").toString();
    }

    /** @param options additional options of zipmap */
    Zipmap zipmap(Map<Option, String> options) {
        Zipmap zipmap = Zipmap.on(session);
        for (Map.Entry<Option, String> option : options.entrySet()) {
            zipmap = option.getKey() == Option.INPUT ? zipmap : zipmap.option(option.getKey(), option.getValue());
        }
        return zipmap;
    }

    List<ExecutorProcess> executors() {
        return cluster.executors(application());
    }

    /** Ends the application and waits until all its executors have ended. */
    @Override
    public void close() throws IOException {
        List<ExecutorProcess> left = executors();
        session.stop();
        SparkSession.clearActiveSession();
        SparkSession.clearDefaultSession();
        NodeScratch.closeAll();
        FileUtil.fullyDelete(folder.toFile());
        try {
            Await.until(() -> "the end of " + left, () -> left.stream().noneMatch(ExecutorProcess::isAlive));
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
