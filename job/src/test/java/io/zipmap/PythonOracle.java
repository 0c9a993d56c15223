package io.zipmap;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Asks python3, where it is installed, what is right. Without it the test is reported as skipped, with the reason. */
public final class PythonOracle {
    private PythonOracle() {}

    /** @return the lines that the script prints */
    public static List<String> ask(String module, String script, String... arguments) throws Exception {
        Assumptions.assumeTrue(has(module), "python3 with the module " + module + " is not installed here");
        Process python = start(script, arguments);
        String out = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!python.waitFor(30, TimeUnit.SECONDS) || python.exitValue() != 0) {
            throw new AssertionError("python3 failed: " + out);
        }
        return out.lines().toList();
    }

    private static boolean has(String module) throws InterruptedException {
        try {
            Process python = start("import " + module);
            python.getInputStream().readAllBytes();
            return python.waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static Process start(String script, String... arguments) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("python3", "-c", script);
        builder.command().addAll(List.of(arguments));
        return builder.redirectErrorStream(true).start();
    }
}
