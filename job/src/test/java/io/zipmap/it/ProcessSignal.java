package io.zipmap.it;

import java.io.IOException;

/** Sends POSIX signals that Java has no method for. */
final class ProcessSignal {
    private ProcessSignal() {}

    static void send(String name, long pid) throws IOException, InterruptedException {
        int status = new ProcessBuilder("kill", "-" + name, Long.toString(pid))
                .inheritIO()
                .start()
                .waitFor();
        if (status != 0) {
            throw new IOException("kill -" + name + " " + pid + " ended with " + status);
        }
    }
}
