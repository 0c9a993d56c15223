package io.zipmap.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.testing.Document;
import io.zipmap.testing.Repository;
import io.zipmap.testing.Zips;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The shell commands of docs/cluster.md, run by one bash as they are, in order: they start a standalone cluster from
 * the embedded jars, run on it and stop it. Two small archives take the place of those in {@code /data}, a folder of
 * the test that of {@code /tmp}, and a free port that of 7077.
 */
class ClusterPageIT {
    private static final List<String> WORKERS = List.of("127.0.0.2", "127.0.0.3");

    /** Ends the cluster if a command fails. */
    private static final String CLEAN_UP = "trap 'kill $(jobs -p) 2>/dev/null || :; wait' EXIT\n";

    @TempDir
    Path folder;

    @Test
    void aClusterThatItsCommandsStartGivesTheRightNumbersAndStops() throws Exception {
        Path data = Files.createDirectory(folder.resolve("data"));
        for (int i = 0; i < 2; i++) {
            Zips.deflated(data.resolve("file_" + i + ".zip"), "x", Zips.floats(400, i));
        }
        Files.createSymbolicLink(folder.resolve("submit.sh"), Repository.file("submit.sh"));
        Files.createSymbolicLink(folder.resolve("job"), Repository.file("job"));

        String commands = String.join("", Document.read("docs/cluster.md").blocks("sh"));
        String out = bash(CLEAN_UP + here(commands) + "wait\n");

        assertThat(out).as(logs()).containsPattern("\\|c0 *\\|2 *\\|0\\.0 *\\|397\\.0 *\\|198\\.5 *\\|");
        for (String worker : WORKERS) {
            assertThat(list(folder.resolve("work-" + worker)))
                    .as("applications of %s", worker)
                    .singleElement()
                    .satisfies(application ->
                            assertThat(list(application)).as("executors").hasSize(1));
        }
    }

    private String here(String commands) throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return commands.replace("7077", Integer.toString(free.getLocalPort()))
                    .replaceAll("(?<=[ =])/tmp/", folder + "/")
                    .replaceAll("(?<= )/data\\b", folder + "/data");
        }
    }

    /** The output of a script that ends with success. */
    private String bash(String script) throws Exception {
        Path out = Files.createFile(folder.resolve("out.log"));
        ProcessBuilder builder = new ProcessBuilder("bash", "-euo", "pipefail", "-c", script)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("SPARK_"));
        // These processes are short, and compiling much of Spark would be most of their time.
        builder.environment().put("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
        Process process = builder.start();
        process.getOutputStream().close();
        try {
            assertThat(process.waitFor(5, TimeUnit.MINUTES)).as(logs()).isTrue();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
        }
        assertThat(process.exitValue()).as(logs()).isZero();
        return Files.readString(out);
    }

    private String logs() throws IOException {
        StringBuilder text = new StringBuilder();
        for (Path log : list(folder)) {
            if (log.toString().endsWith(".log")) {
                text.append("==== ").append(log).append('\n').append(Files.readString(log));
            }
        }
        return text.toString();
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }
}
