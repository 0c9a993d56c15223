package io.zipmap.cli;

import io.zipmap.cli.StatementSyntax.Statement;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** The statements of a file or a pipe. The first one that fails ends the command. */
final class SqlScript {
    private final StatementRunner runner;

    SqlScript(StatementRunner runner) {
        this.runner = runner;
    }

    /**
     * Runs statements until they end, or until one of them is an exit.
     *
     * @throws StatementFailure with the error of the statement as its cause
     */
    void run(StatementReader statements) throws IOException {
        int number = 1;
        for (@Nullable Statement next = statements.next(); next != null; next = statements.next()) {
            if (StatementRunner.isExit(next.text())) {
                return;
            }
            try {
                runner.run(next.text());
            } catch (ExecutionException e) {
                throw new StatementFailure(number, next.line(), Objects.requireNonNullElse(e.getCause(), e));
            }
            number++;
        }
    }
}
