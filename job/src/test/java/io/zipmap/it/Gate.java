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
 * A place where executors wait until a test lets them go on: a folder of files. {@code closed} holds the addresses of
 * the hosts that have to wait; {@code at-PID-NAME} tells who does; {@code passes} has a line for everyone who came,
 * waiting or not.
 */
final class Gate {
    private static final long LIMIT_SECONDS = 120;
    private static final long NAP_MILLIS = 10;

    private final Path folder;

    Gate(Path folder) {
        this.folder = folder;
    }

    /** Who came: {@code HOST NAME}. */
    static String pass(String host, String name) {
        return host + " " + name;
    }

    private static String host() {
        return SparkEnv.get().blockManager().blockManagerId().host();
    }

    /** Called by tasks. */
    void pass(String name) throws IOException {
        String host = host();
        Files.writeString(
                folder.resolve("passes"),
                pass(host, name) + "\n",
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
                Thread.sleep(NAP_MILLIS);
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

    /** From now on, tasks on these hosts wait. */
    void close(List<ClusterHost> hosts) throws IOException {
        Path next = Files.write(
                folder.resolve("closing"),
                hosts.stream().map(ClusterHost::address).toList());
        Files.move(next, folder.resolve("closed"), java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    }

    /** Lets all go on. */
    void open() throws IOException {
        Files.deleteIfExists(folder.resolve("closed"));
    }

    /** Opens, and forgets who came, and who was killed while waiting. */
    void forget() throws IOException {
        open();
        try (Stream<Path> all = Files.list(folder)) {
            for (Path file : all.toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Numbers of the processes that wait, one for each of their tasks that does. */
    List<Long> waiting() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("at-"))
                    .map(name -> Long.valueOf(name.split("-", 3)[1]))
                    .toList();
        }
    }

    /** Waits until so many tasks do; gives the numbers of their processes. */
    List<Long> awaitWaiting(int tasks) throws Exception {
        Await.until(() -> tasks + " tasks at the gate", () -> waiting().size() >= tasks);
        return waiting();
    }

    /** A line for everyone who came. */
    List<String> passes() throws IOException {
        Path passes = folder.resolve("passes");
        return Files.exists(passes) ? Files.readAllLines(passes) : List.of();
    }
}
