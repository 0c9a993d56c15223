package io.zipmap.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

/** An executor as an operating system process: its identity, signals, open files and mapped files. */
final class ExecutorProcess {
    private final ProcessHandle process;
    private final String application;
    private final String id;
    private final String host;

    private ExecutorProcess(ProcessHandle process, String application, String id, String host) {
        this.process = process;
        this.application = application;
        this.id = id;
        this.host = host;
    }

    /** The executor; empty if the process is none, or has not become one yet. */
    static Optional<ExecutorProcess> of(ProcessHandle process) {
        List<String> words = words(process.pid());
        int application = words.indexOf("--app-id");
        int id = words.indexOf("--executor-id");
        int host = words.indexOf("--hostname");
        return application < 0 || id < 0 || host < 0
                ? Optional.empty()
                : Optional.of(new ExecutorProcess(
                        process, words.get(application + 1), words.get(id + 1), words.get(host + 1)));
    }

    /** Arguments of the process from the kernel, because Java gives only the first page of them. */
    private static List<String> words(long pid) {
        try {
            return List.of(Files.readString(proc(pid, "cmdline")).split("\0", -1));
        } catch (IOException e) {
            return List.of();
        }
    }

    private static Path proc(long pid, String name) {
        return Path.of("/proc", Long.toString(pid), name);
    }

    String application() {
        return application;
    }

    /** Spark's id of the executor. */
    String id() {
        return id;
    }

    String host() {
        return host;
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Kills the process like {@code kill -9}, and waits for its end. */
    void kill() throws ExecutionException, InterruptedException {
        process.destroyForcibly();
        process.onExit().get();
    }

    /** Sends SIGSTOP: the process no longer runs, and nobody is notified. */
    void stop() throws Exception {
        ProcessSignal.send("STOP", pid());
        Await.until(
                this + " to stop", () -> Files.readString(proc(pid(), "stat")).contains(") T "));
    }

    /** Sends SIGCONT, unless Spark has killed the executor because it did not respond. */
    void resume() throws IOException, InterruptedException {
        try {
            ProcessSignal.send("CONT", pid());
        } catch (IOException e) {
            if (isAlive()) {
                throw e;
            }
        }
    }

    /** Files of scratch, except locks and leases, and archives, that the process has open or mapped. */
    List<String> heldFiles(Path archives) throws IOException {
        List<String> files = new ArrayList<>();
        try (Stream<Path> descriptors = Files.list(proc(pid(), "fd"))) {
            descriptors.map(ExecutorProcess::target).forEach(files::add);
        }
        files.removeIf(file -> file.contains("/lock") || file.contains("/.lease-"));
        files.addAll(Files.readAllLines(proc(pid(), "maps")));
        files.removeIf(file -> !file.contains(ClusterHost.SCRATCH) && !file.contains(archives.toString()));
        return files;
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (NoSuchFileException e) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return "executor " + id + " of " + application + " on " + host + ", process " + pid();
    }
}
