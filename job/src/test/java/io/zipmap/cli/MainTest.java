package io.zipmap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Exit of the process, tested in a child process. */
class MainTest {
    /** Main class of the child process: prints a line if {@code Main.main} returns. */
    static final class Returns {
        private static final int RETURNED = 42;

        private Returns() {}

        public static void main(String[] args) {
            Main.main(args);
            Runtime.getRuntime().halt(RETURNED);
        }
    }

    private static int statusOf(String deployMode, String... words) throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder builder = new ProcessBuilder(
                java,
                "-Dspark.submit.deployMode=" + deployMode,
                "-cp",
                System.getProperty("java.class.path"),
                Returns.class.getName());
        builder.command().addAll(List.of(words));
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        return builder.start().waitFor();
    }

    @ParameterizedTest
    @CsvSource({"client, 0", "cluster, 42"})
    void aDoneApplicationExitsUnlessAClusterManagerWaitsForItsMainMethod(String deployMode, int status)
            throws IOException, InterruptedException {
        assertThat(statusOf(deployMode, "--version")).isEqualTo(status);
    }

    @Test
    void aFailureIsAnExitEverywhere() throws IOException, InterruptedException {
        assertThat(statusOf("cluster", "run", "--no-such-option")).isEqualTo(ExitStatus.USAGE);
    }
}
