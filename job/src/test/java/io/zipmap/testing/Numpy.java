package io.zipmap.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs scripts of {@link Python} with numpy, the oracle of many tests. */
public final class Numpy {
    private Numpy() {}

    /** Whether this Python has numpy. Checked once. */
    static boolean available() {
        return Once.AVAILABLE;
    }

    /**
     * Runs a script and returns the lines that it printed.
     *
     * @param arguments values of {@code sys.argv[1:]}
     */
    public static List<String> lines(String script, Object... arguments) throws IOException {
        Path errors = Files.createTempFile("numpy", ".err");
        try {
            List<String> command = new ArrayList<>(List.of(Python.COMMAND, "-W", "ignore", "-c", script));
            for (Object argument : arguments) {
                command.add(argument.toString());
            }
            Process process =
                    new ProcessBuilder(command).redirectError(errors.toFile()).start();
            process.getOutputStream().close();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int status = process.waitFor();
            if (status != 0) {
                throw new IOException(Python.COMMAND + " ended with " + status + ": " + Files.readString(errors));
            }
            return out.lines().toList();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while " + Python.COMMAND + " ran", e);
        } finally {
            Files.delete(errors);
        }
    }

    private static final class Once {
        static final boolean AVAILABLE = imports();

        private static boolean imports() {
            try {
                return !lines("import numpy; print(numpy.__version__)").isEmpty();
            } catch (IOException e) {
                return false;
            }
        }
    }
}
