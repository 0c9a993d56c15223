package io.zipmap.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Output and exit status of one call of the command line. */
final class CommandResult {
    final int status;
    final String out;
    final String err;

    private CommandResult(int status, String out, String err) {
        this.status = status;
        this.out = out;
        this.err = err;
    }

    static CommandResult call(CommandAction action, String... args) {
        PrintStream formerOut = System.out;
        PrintStream formerErr = System.err;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        try {
            int status = new CommandTree(action, ProgressOutput.NONE, new Interruption(System.err)).execute(args);
            return new CommandResult(
                    status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(formerOut);
            System.setErr(formerErr);
        }
    }

    List<String> errors() {
        return err.lines().toList();
    }
}
