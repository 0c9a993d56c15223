package io.zipmap.testing;

import io.zipmap.store.NodeScratch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.fs.FileUtil;
import org.apache.spark.SparkConf;
import org.apache.spark.serializer.JavaSerializer;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A real Spark in this process, two cores, one for the whole run of the tests: started for the first class that asks, and
 * again only when a class wants the other serialiser or someone has stopped it.
 */
public final class SparkLocal implements BeforeAllCallback {
    private final Class<?> serializer;
    private Shared shared;

    private SparkLocal(Class<?> serializer) {
        this.serializer = serializer;
    }

    /** With Spark's default, the serialiser of Java. */
    public static SparkLocal java() {
        return new SparkLocal(JavaSerializer.class);
    }

    public static SparkLocal kryo() {
        return new SparkLocal(KryoSerializer.class);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        shared = context.getRoot()
                .getStore(ExtensionContext.Namespace.create(SparkLocal.class))
                .computeIfAbsent(Shared.class, key -> new Shared(), Shared.class);
    }

    public SparkSession session() {
        return shared.session(serializer);
    }

    /** The folder that Spark keeps its local files in, and zipmap its scratch. */
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
                    .set("spark.hadoop." + FarFileSystem.KEY, FarFileSystem.class.getName());
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
