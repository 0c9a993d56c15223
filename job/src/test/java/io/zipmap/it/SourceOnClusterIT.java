package io.zipmap.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.sql.Scans;
import io.zipmap.testing.Repository;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipFile;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The data source on executors of several hosts. */
class SourceOnClusterIT {
    private static final int ARCHIVES = 12;

    @RegisterExtension
    static final ClusterExtension CLUSTER = new ClusterExtension();

    @Test
    void everyArrayIsExtractedOnOneHostAndFoundThereByLaterQueries() throws Exception {
        CLUSTER.endSession();
        try (ClusterSession spark = ClusterSession.open(CLUSTER.cluster(), 3, Map.of("spark.locality.wait", "60s"))) {
            spark.gate().open();
            Dataset<Row> table = spark.session()
                    .read()
                    .format("zipmap")
                    .option("sliceBytes", "256k")
                    .load(CLUSTER.archives().input());
            Scans first = Scans.of(table.select("c1").where("c1 > 4"));
            assertThat(first.metric("arraysOpened")).isEqualTo(2L * ARCHIVES);
            assertThat(first.metric("localArrays")).isEqualTo(2L * ARCHIVES);
            assertThat(first.metric("bytesExtracted")).isEqualTo(ARCHIVES * 512_000L);
            Scans second = Scans.of(table.select("c1").where("c1 > 4"));
            assertThat(second.rows)
                    .containsExactlyInAnyOrderElementsOf(first.rows)
                    .isNotEmpty();
            assertThat(second.metric("bytesExtracted")).isZero();
            assertThat(second.metric("filesReused")).isEqualTo(2L * ARCHIVES);
            Scans arrays = Scans.of(spark.session()
                    .read()
                    .format("zipmap")
                    .option("table", "arrays")
                    .load(CLUSTER.archives().input())
                    .select("host", "path"));
            assertThat(arrays.metric("filesReused")).isEqualTo(ARCHIVES);
            assertThat(arrays.metric("localArrays")).isEqualTo(ARCHIVES);
            assertThat(arrays.metric("bytesExtracted")).isZero();
            assertThat(arrays.rows)
                    .hasSize(ARCHIVES)
                    .allMatch(row -> host(row.getString(0)).arrays().contains(Path.of(row.getString(1))));
            long hosts = CLUSTER.cluster().hosts().stream()
                    .filter(host -> !host.arrays().isEmpty())
                    .count();
            assertThat(hosts).isGreaterThan(1);
        }
        CLUSTER.cluster().awaitNoScratch();
    }

    private static ClusterHost host(String address) {
        return CLUSTER.cluster().hosts().stream()
                .filter(host -> host.address().equals(address))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theJarRegistersTheSourceWithSpark() throws Exception {
        try (ZipFile jar = new ZipFile(Repository.file("job/target/zipmap.jar").toFile())) {
            String name = "META-INF/services/org.apache.spark.sql.sources.DataSourceRegister";
            byte[] text = jar.getInputStream(jar.getEntry(name)).readAllBytes();
            String source = new String(text, StandardCharsets.UTF_8).strip();
            assertThat(source).isEqualTo("io.zipmap.sql.ZipmapSource");
            assertThat(jar.getEntry(source.replace('.', '/') + ".class")).isNotNull();
        }
    }
}
