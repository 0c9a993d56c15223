package io.zipmap.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.zipmap.job.Zipmap;
import io.zipmap.job.extract.ArrayRecords;
import io.zipmap.testing.Python;
import io.zipmap.testing.Repository;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.spark.package$;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * A driver in Python on executors of several hosts. A {@link Python} without the PySpark of the embedded version runs
 * nothing, and the output says so.
 */
class PySparkOnClusterIT {
    @RegisterExtension
    static final ClusterExtension CLUSTER = new ClusterExtension();

    private static final Path SCRIPTS = Repository.file("job/src/test/python");
    private static final int MOST_BYTES = 2048;

    @TempDir
    Path folder;

    @Test
    void pythonMapsTheArraysOnTheHostsThatExtractThem() throws Exception {
        String version = package$.MODULE$.SPARK_VERSION();
        boolean fits = Python.succeeds(
                "import numpy, pyarrow, pyspark, sys; sys.exit(pyspark.__version__ != '" + version + "')");
        if (!fits) {
            System.out.println("PySpark on a cluster: NOT RUN, because " + Python.COMMAND
                    + " has no numpy, pyarrow and pyspark " + version);
        }
        assumeTrue(fits, Python.COMMAND + " has no pyspark " + version);
        Map<String, double[]> expected;
        Zipmap zipmap = CLUSTER.session().zipmap(CLUSTER.archives().options());
        try (ArrayRecords records = zipmap.extract(CLUSTER.archives().input())) {
            expected = means(zipmap.columnStats(records).collectAsList());
        }
        CLUSTER.endSession();
        List<JsonNode> said = driver();
        Set<String> hosts = new HashSet<>();
        for (JsonNode array : said.subList(0, expected.size())) {
            hosts.add(array.get("host").asText());
            double[] means = expected.remove(name(array.get("archive").asText()));
            for (int column = 0; column < means.length; column++) {
                assertThat(array.get("means").get(column).asDouble()).isCloseTo(means[column], within(1e-12));
            }
        }
        assertThat(expected).isEmpty();
        assertThat(hosts).hasSizeGreaterThan(1);
        assertThat(said.get(said.size() - 2).get("shuffled").asText())
                .contains("[ZIPMAP_FILES_ELSEWHERE] Cannot map a file of another host: 127.0.0.");
        assertThat(said.get(said.size() - 1).get("sent").asDouble()).isBetween(1.0, (double) MOST_BYTES);
        CLUSTER.cluster().awaitNoScratch();
    }

    /** The means of the columns of each archive, by its name. */
    private static Map<String, double[]> means(List<Row> columnStats) {
        Map<String, double[]> means = new HashMap<>();
        for (Row row : columnStats) {
            double[] columns = means.computeIfAbsent(name(row.getAs("archive")), archive -> new double[4]);
            String column = row.getAs("column");
            columns[Integer.parseInt(column.substring(1))] = row.getAs("mean");
        }
        return means;
    }

    private static String name(String archive) {
        return archive.substring(archive.lastIndexOf('/') + 1);
    }

    /** The lines that the driver printed. */
    private List<JsonNode> driver() throws Exception {
        ObjectMapper mapper = new ObjectMapper();
        Path settings = folder.resolve("settings.json");
        Map<String, String> conf = ClusterSession.conf(folder);
        conf.remove("spark.executor.extraClassPath");
        conf.keySet().removeIf(name -> name.startsWith("spark.hadoop."));
        // Without a number of cores, the first executor alone takes all tasks.
        conf.put("spark.cores.max", "6");
        conf.put("spark.scheduler.maxRegisteredResourcesWaitingTime", "3min");
        conf.put("spark.ui.enabled", "false");
        conf.put("spark.ui.showConsoleProgress", "false");
        mapper.writeValue(settings.toFile(), conf);
        Path errors = folder.resolve("stderr");
        Path many = Files.createDirectory(folder.resolve("many"));
        ProcessBuilder builder = new ProcessBuilder(
                        Python.COMMAND,
                        SCRIPTS.resolve("cluster_means.py").toString(),
                        CLUSTER.cluster().url(),
                        settings.toString(),
                        CLUSTER.archives().folder().toString(),
                        many.toString())
                .directory(folder.toFile())
                .redirectError(errors.toFile());
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("SPARK_"));
        environment.put("SPARK_LOCAL_IP", "127.0.0.1");
        environment.put("PYTHONPATH", Repository.file("job/target/zipmap.jar") + File.pathSeparator + SCRIPTS);
        environment.put("PYTHONDONTWRITEBYTECODE", "1");
        Process process = builder.start();
        CompletableFuture.delayedExecutor(10, TimeUnit.MINUTES).execute(process::destroyForcibly);
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(() -> read(errors)).isZero();
        List<JsonNode> said = new ArrayList<>();
        for (String line : out.lines().toList()) {
            said.add(mapper.readTree(line));
        }
        return said;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
