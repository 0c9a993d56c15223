package io.zipmap.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.testing.Document;
import io.zipmap.testing.Repository;
import io.zipmap.testing.Zips;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The shell commands of the README, run by bash as they are, in order. Two small archives take the place of those in
 * {@code /data} and {@code hdfs:///data}, a cluster of two local Workers that of {@code spark://master:7077}, and the
 * embedded jars that of {@code /opt/spark}. {@code .ci/run} runs the demo.
 */
class ReadmeIT {
    private static final String DEMO = "./submit.sh demo\n";

    /** What bin/spark-submit of a distribution does, over the embedded jars. */
    private static final String SPARK_SUBMIT = """
            #!/usr/bin/env bash
            export SPARK_SCALA_VERSION=2.13
            words=()
            while IFS= read -r -d '' word; do words+=("${word#$'\\n'}"); done < <(java -cp "$SPARK_HOME/jars/*" \\
              org.apache.spark.launcher.Main org.apache.spark.deploy.SparkSubmit "$@")
            exec "${words[@]:1}"
            """;

    @TempDir
    static Path folder;

    static List<String> blocks() throws IOException {
        List<String> blocks = Document.read("README.md").blocks("sh");
        return blocks.stream().filter(block -> !block.equals(DEMO)).toList();
    }

    @BeforeAll
    static void writeArchivesAndASparkHome() throws IOException {
        Path data = Files.createDirectory(folder.resolve("data"));
        for (int i = 0; i < 2; i++) {
            Zips.deflated(data.resolve("file_" + i + ".zip"), "x", Zips.floats(400, i));
        }
        Zips.named(
                Files.createDirectory(data.resolve("images")).resolve("shard.npz"),
                new String[] {"x.npy", "y.npy"},
                Zips.npy(2 * 28 * 28, 0, 2, 28, 28),
                Zips.npy("<i8", new byte[16], 2));
        Path bin = Files.createDirectories(folder.resolve("opt/spark/bin"));
        Files.createSymbolicLink(bin.resolveSibling("jars"), Repository.file("job/target/spark/jars"));
        Path submit = Files.writeString(bin.resolve("spark-submit"), SPARK_SUBMIT);
        assertThat(submit.toFile().setExecutable(true)).isTrue();
        Files.createSymbolicLink(folder.resolve("submit.sh"), Repository.file("submit.sh"));
    }

    private static String here(String block) {
        return block.replace("hdfs:///", "/")
                .replace("spark://master:7077", "'local-cluster[2,1,1024]'")
                .replaceAll("(?<=[ '=])/(data|tables|opt)\\b", folder + "/$1");
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void itsCommandsEndWithSuccess(String block) throws Exception {
        Path out = Files.createTempFile(folder, "out", ".txt");
        ProcessBuilder builder = new ProcessBuilder("bash", "-euo", "pipefail", "-c", here(block))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile());
        builder.environment().keySet().removeAll(List.of("SPARK_HOME", "SPARK_CONF_DIR"));
        // These processes are short, and compiling much of Spark would be most of their time.
        builder.environment().put("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
        Process process = builder.start();
        process.getOutputStream().close();
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(out)).isZero();
    }
}
