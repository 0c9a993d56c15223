package io.zipmap.testing;

import io.zipmap.store.NodeScratch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileUtil;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkExecutorInfo;
import org.apache.spark.serializer.JavaSerializer;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.SparkSessionExtensions;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import scala.Function1;
import scala.runtime.BoxedUnit;

/**
 * JUnit extension with a Spark session in this process, on two cores. All test classes share it; it restarts only if a
 * class needs the other serialiser, or if it was stopped. After each test, and before what cleans up after it, it waits
 * for the last task, because a failed job leaves tasks running that write into folders which JUnit deletes.
 */
public final class SparkLocal implements BeforeAllCallback, AfterTestExecutionCallback, AfterAllCallback {
    private static final Duration LAST_TASK = Duration.ofSeconds(30);

    private final Class<?> serializer;
    private final Map<String, String> settings = new HashMap<>();
    private Shared shared;

    private SparkLocal(Class<?> serializer) {
        this.serializer = serializer;
    }

    /** A session with Spark's default, Java serialisation. */
    public static SparkLocal java() {
        return new SparkLocal(JavaSerializer.class);
    }

    public static SparkLocal kryo() {
        return new SparkLocal(KryoSerializer.class);
    }

    /**
     * Disables adaptive execution, so that the explained plan runs, and code generation, which is slow for small
     * queries.
     */
    public SparkLocal keepingPlans() {
        settings.put("spark.sql.adaptive.enabled", "false");
        settings.put("spark.sql.codegen.wholeStage", "false");
        return this;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        shared = context.getRoot()
                .getStore(ExtensionContext.Namespace.create(SparkLocal.class))
                .computeIfAbsent(Shared.class, key -> new Shared(), Shared.class);
        settings.forEach((key, value) -> session().conf().set(key, value));
    }

    @Override
    public void afterAll(ExtensionContext context) {
        settings.keySet().forEach(key -> session().conf().unset(key));
    }

    @Override
    public void afterTestExecution(ExtensionContext context) throws Exception {
        awaitTasks();
    }

    public SparkSession session() {
        return shared.session(serializer);
    }

    /** A session of its own with extensions, over the same context. The shared session stays the default one. */
    public SparkSession sessionWith(Function1<SparkSessionExtensions, BoxedUnit> extensions) {
        SparkSession shared = session();
        SparkSession.clearDefaultSession();
        SparkSession.clearActiveSession();
        try {
            return org.apache.spark.sql.classic.SparkSession.builder()
                    .withExtensions(extensions)
                    .getOrCreate();
        } finally {
            SparkSession.setDefaultSession(shared);
            SparkSession.setActiveSession(shared);
        }
    }

    /** Waits for the last task. A failed job leaves tasks running. */
    public void awaitTasks() throws InterruptedException, TimeoutException {
        shared.awaitTasks();
    }

    /** Folder of Spark's local files and zipmap's scratch. */
    public Path localFolder() {
        return shared.folder.resolve("local");
    }

    private static final class Shared implements AutoCloseable {
        private final Path folder = temporary();
        private SparkSession session;
        private Class<?> serializer;

        private static Path temporary() {
            try {
                return Files.createTempDirectory("zipmap-spark");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        SparkSession session(Class<?> wanted) {
            boolean runs = session != null && !session.sparkContext().isStopped();
            if (runs && serializer.equals(wanted)) {
                return session;
            }
            stop();
            serializer = wanted;
            session = SparkSession.builder().config(conf(wanted)).getOrCreate();
            return session;
        }

        void awaitTasks() throws InterruptedException, TimeoutException {
            Instant end = Instant.now().plus(LAST_TASK);
            while (session != null && !session.sparkContext().isStopped() && tasks(session.sparkContext()) > 0) {
                if (Instant.now().isAfter(end)) {
                    throw new TimeoutException("Tasks still run " + LAST_TASK + " after their test");
                }
                Thread.sleep(5);
            }
        }

        private static int tasks(SparkContext spark) throws TimeoutException {
            spark.listenerBus().waitUntilEmpty(LAST_TASK.toMillis());
            return Stream.of(spark.statusTracker().getExecutorInfos())
                    .mapToInt(SparkExecutorInfo::numRunningTasks)
                    .sum();
        }

        private SparkConf conf(Class<?> wanted) {
            return new SparkConf()
                    .setMaster("local[2]")
                    .setAppName("zipmap tests")
                    .set("spark.serializer", wanted.getName())
                    .set("spark.ui.enabled", "false")
                    .set("spark.driver.host", "127.0.0.1")
                    .set("spark.driver.bindAddress", "127.0.0.1")
                    .set("spark.sql.shuffle.partitions", "2")
                    .set("spark.local.dir", folder.resolve("local").toString())
                    .set(
                            "spark.sql.warehouse.dir",
                            folder.resolve("warehouse").toUri().toString())
                    .set("spark.hadoop." + NonLocalFileSystem.KEY, NonLocalFileSystem.class.getName());
        }

        private void stop() {
            if (session != null) {
                session.stop();
                SparkSession.clearActiveSession();
                SparkSession.clearDefaultSession();
                try {
                    NodeScratch.closeAll();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }

        @Override
        public void close() {
            stop();
            FileUtil.fullyDelete(folder.toFile());
        }
    }
}
