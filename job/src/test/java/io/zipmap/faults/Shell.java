package io.zipmap.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs shell scripts. The arguments are {@code $1}, {@code $2}, … of the script. */
final class Shell {
    /** The user number of nobody. */
    static final int OTHER_USER = 65534;

    private Shell() {}

    /** Runs a script, and fails the test if the script fails. */
    static void run(String script, Object... args) throws IOException, InterruptedException {
        assertThat(status(List.of(), script, args)).as(script).isZero();
    }

    /** Runs a script as another user without groups, and returns whether it succeeded. Needs root. */
    static boolean asOther(String script, Object... args) throws IOException, InterruptedException {
        List<String> user = List.of(
                "setpriv", "--reuid=" + OTHER_USER, "--regid=" + OTHER_USER, "--clear-groups", "--inh-caps=-all");
        assertThat(status(user, "test \"$(id -u)\" = " + OTHER_USER))
                .as("only root can be another user")
                .isZero();
        return status(user, script, args) == 0;
    }

    private static int status(List<String> before, String script, Object... args)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of("sh", "-c", script, "sh"));
        for (Object arg : args) {
            command.add(arg.toString());
        }
        Process process = new ProcessBuilder(command)
                .directory(Path.of("/").toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = process.waitFor();
        return output.contains("not found") ? 127 : status;
    }
}
