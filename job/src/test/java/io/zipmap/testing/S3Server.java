package io.zipmap.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileUtil;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * JUnit extension with an S3 server, s3mock, as a child process, and a {@link TcpProxy} per bucket. Maven copies its
 * jar.
 */
public final class S3Server implements BeforeAllCallback, AfterAllCallback {
    private static final Pattern STARTED = Pattern.compile("Tomcat started on ports? .*?(\\d+) \\(http\\)");
    private static final long LIMIT_SECONDS = 120;

    private final String[] buckets;
    private final Map<String, TcpProxy> wires = new LinkedHashMap<>();
    private Process process;
    private Path folder;

    public S3Server(String... buckets) {
        this.buckets = buckets;
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException, InterruptedException {
        folder = Files.createTempDirectory("zipmap-s3");
        Path log = folder.resolve("server.log");
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-Djava.io.tmpdir=" + folder,
                        "-jar",
                        Repository.file("job/target/s3/server/s3mock.jar").toString(),
                        "--com.adobe.testing.s3mock.store.initialBuckets=" + String.join(",", buckets),
                        "--com.adobe.testing.s3mock.store.root=" + folder.resolve("objects"),
                        "--com.adobe.testing.s3mock.httpPort=0",
                        "--server.port=0",
                        "--server.address=127.0.0.1")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        int port = awaitPort(log);
        for (String bucket : buckets) {
            wires.put(bucket, new TcpProxy(port));
        }
    }

    /** Reads the log until it contains the port, or the process has ended. */
    private int awaitPort(Path log) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        try (BufferedReader reader = Files.newBufferedReader(log)) {
            while (System.nanoTime() < end) {
                String line = reader.readLine();
                Matcher matcher = STARTED.matcher(line == null ? "" : line);
                if (matcher.find()) {
                    return Integer.parseInt(matcher.group(1));
                }
                if (line == null && process.waitFor(50, TimeUnit.MILLISECONDS)) {
                    break;
                }
            }
        }
        throw new IOException("The S3 server did not start: " + Files.readString(log));
    }

    public TcpProxy wire(String bucket) {
        return wires.get(bucket);
    }

    /** Hadoop configuration without the prefix {@code spark.hadoop.}. The server accepts any credentials. */
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("fs.s3a.access.key", "AKIANOBODY");
        settings.put("fs.s3a.secret.key", "a-secret-of-nobody");
        settings.put("fs.s3a.path.style.access", "true");
        settings.put("fs.s3a.endpoint.region", "us-east-1");
        settings.put("fs.s3a.connection.ssl.enabled", "false");
        settings.put("fs.s3a.input.stream.type", "classic");
        settings.put("fs.s3a.aws.credentials.provider", "org.apache.hadoop.fs.s3a.SimpleAWSCredentialsProvider");
        wires.forEach((bucket, wire) ->
                settings.put("fs.s3a.bucket." + bucket + ".endpoint", "http://127.0.0.1:" + wire.port()));
        return settings;
    }

    public void configure(Configuration configuration) {
        settings().forEach(configuration::set);
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException, InterruptedException {
        List<TcpProxy> open = new ArrayList<>(wires.values());
        for (TcpProxy wire : open) {
            wire.close();
        }
        if (process != null) {
            process.destroy();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        }
        FileUtil.fullyDelete(folder.toFile());
    }
}
