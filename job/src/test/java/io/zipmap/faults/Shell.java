package io.zipmap.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Commands of the system, from literal text; what varies is {@code $1}, {@code $2}, … */
final class Shell {
    /** Nobody, by convention of every system this runs on. */
    static final int OTHER_USER = 65534;

    private Shell() {}

    /** Fails unless the command does not. */
    static void run(String script, Object... args) throws IOException, InterruptedException {
        assertThat(status(List.of(), script, args)).as(script).isZero();
    }

    /** As another user, without groups; whether it succeeded. */
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
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = process.waitFor();
        return said.contains("not found") ? 127 : status;
    }
}
