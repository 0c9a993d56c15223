package io.zipmap.it;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileUtil;

/**
 * A standalone cluster: a Master on 127.0.0.1, and three hosts on 127.0.0.2 to .4 with a Worker and disk folders each.
 */
final class StandaloneCluster implements AutoCloseable {
    private static final int TAIL_LINES = 60;
    private static final Pattern URL = Pattern.compile("Starting Spark master at (spark://\\S+)");
    private static final Pattern PAGE = Pattern.compile("MasterWebUI.*started at (http://\\S+)");
    private static final Pattern ALIVE = Pattern.compile("\"state\"\\s*:\\s*\"ALIVE\"");

    private final Path folder;
    private final SparkDaemon master;
    private final String url;
    private final URI state;
    private final List<ClusterHost> hosts = new ArrayList<>();

    private StandaloneCluster(Path folder, SparkDaemon master) throws Exception {
        this.folder = folder;
        this.master = master;
        this.url = master.said(URL).group(1);
        this.state = URI.create(master.said(PAGE).group(1) + "/json/");
    }

    static StandaloneCluster start() throws Exception {
        Path folder = Files.createTempDirectory("zipmap-cluster");
        SparkDaemon master = SparkDaemon.start(
                folder,
                Map.of("SPARK_LOCAL_IP", "127.0.0.1"),
                List.of(
                        "org.apache.spark.deploy.master.Master",
                        "--host",
                        "127.0.0.1",
                        "--port",
                        "0",
                        "--webui-port",
                        "0"));
        StandaloneCluster cluster = new StandaloneCluster(folder, master);
        for (int host = 2; host <= 4; host++) {
            Path disk = Files.createDirectory(folder.resolve("host" + host));
            cluster.hosts.add(new ClusterHost("127.0.0." + host, disk, cluster.url));
        }
        return cluster;
    }

    /** The value for {@code --master}. */
    String url() {
        return url;
    }

    List<ClusterHost> hosts() {
        return hosts;
    }

    ClusterHost host(String address) {
        return hosts.stream()
                .filter(host -> host.address().equals(address))
                .findFirst()
                .orElseThrow();
    }

    List<ExecutorProcess> executors(String application) {
        return hosts.stream()
                .flatMap(host -> host.executors().stream())
                .filter(executor -> executor.application().equals(application))
                .toList();
    }

    ExecutorProcess executor(String application, long pid) {
        return executors(application).stream()
                .filter(executor -> executor.pid() == pid)
                .findFirst()
                .orElseThrow();
    }

    /** Restarts processes that have ended, and waits until all hosts are registered. */
    void ready() throws Exception {
        for (ClusterHost host : hosts) {
            if (!host.isUp()) {
                host.start();
            }
        }
        Await.until("three Workers at the Master", () -> workers() == hosts.size());
    }

    /** Number of live Workers of the Master. */
    long workers() throws IOException, InterruptedException {
        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(state).build(), HttpResponse.BodyHandlers.ofString());
        String workers = response.body().replaceAll("(?s)\"(activeapps|aliveworkers)\".*", "");
        return ALIVE.matcher(workers).results().count();
    }

    /** All files and folders of zipmap on all hosts. */
    List<Path> scratch() {
        List<Path> all = new ArrayList<>();
        for (ClusterHost host : hosts) {
            all.addAll(host.scratch());
        }
        return all;
    }

    /** Waits until no files of zipmap are left on any host, because Workers clean up later. */
    void awaitNoScratch() throws Exception {
        Await.until(
                () -> "no scratch, but there is: " + scratch(), () -> scratch().isEmpty());
    }

    /** The last lines of all logs. */
    String logs() throws IOException {
        StringBuilder text = new StringBuilder();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path log : all.filter(file -> file.endsWith("log") || file.endsWith("stderr"))
                    .sorted()
                    .toList()) {
                List<String> lines = Files.readAllLines(log);
                text.append("==== ").append(folder.relativize(log)).append('\n');
                lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size())
                        .forEach(line -> text.append(line).append('\n'));
            }
        }
        return text.toString();
    }

    @Override
    public void close() throws IOException {
        for (ClusterHost host : hosts) {
            host.close();
        }
        master.close();
        FileUtil.fullyDelete(folder.toFile());
    }
}
