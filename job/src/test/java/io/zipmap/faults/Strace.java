package io.zipmap.faults;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** Makes chosen system calls of a running process fail, by {@code strace -e inject}. Calls are counted per thread. */
final class Strace implements AutoCloseable {
    private final Process process;

    private Strace(Process process) {
        this.process = process;
    }

    /** Returns when strace has attached to the process. */
    static Strace attach(long pid, String... injections) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("strace", "-f", "-p", Long.toString(pid), "-o", "/dev/null");
        for (String injection : injections) {
            builder.command().add("-e");
            builder.command().add("inject=" + injection);
        }
        Process process = builder.start();
        BufferedReader messages =
                new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
        String line = messages.readLine();
        if (line == null || !line.contains("attached")) {
            process.destroyForcibly();
            throw new IOException("strace says: " + line);
        }
        return new Strace(process);
    }

    /** Waits for strace, which ends with its process, and stops it after 10 seconds. */
    @Override
    public void close() throws InterruptedException {
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroy();
            process.waitFor();
        }
    }
}
