package io.zipmap.testing;

import java.io.IOException;

/** The Python of the tests: {@code python3}, or what the environment variable {@code ZIPMAP_PYTHON} names. */
public final class Python {
    /** The command. */
    public static final String COMMAND = System.getenv().getOrDefault("ZIPMAP_PYTHON", "python3");

    private Python() {}

    /** Whether a script ends with status 0; false without a Python. */
    public static boolean succeeds(String script) throws InterruptedException {
        try {
            return new ProcessBuilder(COMMAND, "-c", script)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
