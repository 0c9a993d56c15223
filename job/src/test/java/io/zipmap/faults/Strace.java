package io.zipmap.faults;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** Makes system calls of a process that runs fail, by {@code strace -e inject}; counted for each of its threads. */
final class Strace implements AutoCloseable {
    private final Process process;

    private Strace(Process process) {
        this.process = process;
    }

    /** Returns when it has hold of the process. */
    static Strace attach(long pid, String... injections) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("strace", "-f", "-p", Long.toString(pid), "-o", "/dev/null");
        for (String injection : injections) {
            builder.command().add("-e");
            builder.command().add("inject=" + injection);
        }
        Process process = builder.start();
        BufferedReader said =
                new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
        String line = said.readLine();
        if (line == null || !line.contains("attached")) {
            process.destroyForcibly();
            throw new IOException("strace says: " + line);
        }
        return new Strace(process);
    }

    /** It ends with the process that it has hold of; a moment is left for that. */
    @Override
    public void close() throws InterruptedException {
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroy();
            process.waitFor();
        }
    }
}
