package io.zipmap.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.hadoop.fs.FileUtil;
import org.jspecify.annotations.Nullable;

/** A host of the cluster: a loopback address, a Worker, and folders that stand for its disks. */
final class ClusterHost implements AutoCloseable {
    /** Start of the name of zipmap's folder in a scratch root. */
    static final String SCRATCH = "/zipmap-" + System.getProperty("user.name");

    private final String address;
    private final Path folder;
    private final String master;
    private @Nullable SparkDaemon worker;

    ClusterHost(String address, Path folder, String master) {
        this.address = address;
        this.folder = folder;
        this.master = master;
    }

    String address() {
        return address;
    }

    /** The local folders of this host, the value of {@code SPARK_LOCAL_DIRS}. */
    Path local() {
        return folder.resolve("local");
    }

    Path work() {
        return folder.resolve("work");
    }

    Path log() {
        return folder.resolve("log");
    }

    /** Starts the Worker. The folders of a former Worker are kept. */
    void start() throws IOException {
        Files.createDirectories(local());
        Map<String, String> environment = Map.of("SPARK_LOCAL_IP", address, "SPARK_LOCAL_DIRS", local().toString());
        worker = SparkDaemon.start(
                folder,
                environment,
                List.of(
                        "org.apache.spark.deploy.worker.Worker",
                        "--host",
                        address,
                        "--port",
                        "0",
                        "--webui-port",
                        "0",
                        "--cores",
                        "2",
                        "--memory",
                        "2g",
                        "--work-dir",
                        work().toString(),
                        master));
    }

    boolean isUp() {
        return worker != null && worker.isAlive();
    }

    List<ExecutorProcess> executors() {
        return worker == null
                ? List.of()
                : worker.children().stream()
                        .map(ExecutorProcess::of)
                        .flatMap(Optional::stream)
                        .toList();
    }

    /** Decommissions the Worker with SIGPWR: it starts no executors, and its executors migrate their data. */
    void decommission() throws IOException, InterruptedException {
        if (worker != null) {
            worker.signal("PWR");
        }
    }

    /** Simulates a power failure: all processes end at once, so none can clean up, and the folders stay. */
    void crash() throws Exception {
        List<ExecutorProcess> executors = executors();
        for (ExecutorProcess executor : executors) {
            executor.stop();
        }
        if (worker != null) {
            worker.kill();
            worker = null;
        }
        for (ExecutorProcess executor : executors) {
            executor.kill();
        }
    }

    /** Simulates the loss of the host and its disks. */
    void lose() throws Exception {
        crash();
        FileUtil.fullyDelete(local().toFile());
    }

    /** All files and folders of zipmap on this host. */
    List<Path> scratch() {
        List<Path> found = new ArrayList<>();
        add(local(), found);
        return found;
    }

    /** Walks a folder. Tolerates files that are deleted meanwhile, which {@code Files.walk} does not. */
    private static void add(Path folder, List<Path> found) {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                if (entry.toString().contains(SCRATCH)) {
                    found.add(entry);
                }
                if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                    add(entry, found);
                }
            }
        } catch (NoSuchFileException e) {
            return;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Completely extracted arrays. */
    List<Path> arrays() {
        return scratch().stream()
                .filter(path -> path.toString().matches(".*/[0-9a-f]{20,}[^/]*\\.(npy|raw)"))
                .toList();
    }

    /** Deletes the scratch of zipmap, even if it is in use. */
    void deleteScratch() {
        for (Path path : scratch()) {
            if (path.toString().endsWith(SCRATCH)) {
                FileUtil.fullyDelete(path.toFile());
            }
        }
    }

    @Override
    public void close() throws IOException {
        List<ExecutorProcess> executors = executors();
        if (worker != null) {
            worker.close();
            worker = null;
        }
        for (ExecutorProcess executor : executors) {
            try {
                executor.kill();
            } catch (ExecutionException e) {
                throw new IOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public String toString() {
        return address;
    }
}
