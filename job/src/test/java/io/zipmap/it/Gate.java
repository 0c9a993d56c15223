package io.zipmap.it;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.spark.SparkEnv;

/**
 * A barrier at which tasks of other processes wait until a test opens it. Its state is a folder of files:
 * {@code closed} contains the addresses of the hosts whose tasks must wait, {@code at-PID-NAME} marks a waiting task,
 * and {@code passes} has a line for every task that arrived.
 */
final class Gate {
    private static final long LIMIT_SECONDS = 120;
    private static final long POLL_MILLIS = 10;

    private final Path folder;

    Gate(Path folder) {
        this.folder = folder;
    }

    /** The line in {@code passes} of an arrival: {@code HOST NAME}. */
    static String line(String host, String name) {
        return host + " " + name;
    }

    private static String host() {
        return SparkEnv.get().blockManager().blockManagerId().host();
    }

    /** Records the arrival of a task and waits while the gate is closed for its host. Called by tasks. */
    void pass(String name) throws IOException {
        String host = host();
        Files.writeString(
                folder.resolve("passes"),
                line(host, name) + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.APPEND);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        Path here = folder.resolve("at-" + ProcessHandle.current().pid() + "-" + name);
        try {
            while (isClosedFor(host)) {
                if (Files.notExists(here)) {
                    Files.writeString(here, "");
                }
                if (System.nanoTime() - deadline > 0) {
                    throw new IOException("Waited too long at the gate: " + folder);
                }
                Thread.sleep(POLL_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted at the gate");
        } finally {
            Files.deleteIfExists(here);
        }
    }

    private boolean isClosedFor(String host) throws IOException {
        try {
            return Files.readAllLines(folder.resolve("closed")).contains(host);
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** Makes tasks on these hosts wait from now on. */
    void close(List<ClusterHost> hosts) throws IOException {
        Path next = Files.write(
                folder.resolve("closing"),
                hosts.stream().map(ClusterHost::address).toList());
        Files.move(next, folder.resolve("closed"), java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    }

    /** Lets all tasks continue. */
    void open() throws IOException {
        Files.deleteIfExists(folder.resolve("closed"));
    }

    /** Opens the gate, and deletes the records of arrivals and of tasks that were killed while waiting. */
    void reset() throws IOException {
        open();
        try (Stream<Path> all = Files.list(folder)) {
            for (Path file : all.toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Process ids of the waiting tasks, one for each task. */
    List<Long> waiting() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("at-"))
                    .map(name -> Long.valueOf(name.split("-", 3)[1]))
                    .toList();
        }
    }

    /** Waits until {@code tasks} tasks are waiting, and returns their process ids. */
    List<Long> awaitWaiting(int tasks) throws Exception {
        Await.until(() -> tasks + " tasks at the gate", () -> waiting().size() >= tasks);
        return waiting();
    }

    /** One {@link #line} for each arrival. */
    List<String> passes() throws IOException {
        Path passes = folder.resolve("passes");
        return Files.exists(passes) ? Files.readAllLines(passes) : List.of();
    }
}
