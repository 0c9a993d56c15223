package io.zipmap.cli;

import io.zipmap.cli.StatementSyntax.Statement;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** An interactive SQL session. Prints the error of a statement that fails, and goes on with the next. */
final class SqlPrompt {
    private final SqlStart start;
    private final StatementRunner runner;

    SqlPrompt(SqlStart start, StatementRunner runner) {
        this.start = start;
        this.runner = runner;
    }

    /**
     * Runs statements until they end, or until one of them is an exit. The exception of a start that failed comes out
     * as {@link SqlStart#await} throws it.
     */
    void run(StatementReader statements) throws IOException {
        for (@Nullable Statement next = statements.next(); next != null; next = statements.next()) {
            if (StatementRunner.isExit(next.text())) {
                return;
            }
            execute(next.text());
            if (start.hasFailed()) {
                break;
            }
        }
        if (start.hasFailed()) {
            start.await();
        }
    }

    private void execute(String statement) throws IOException {
        try {
            if (!runner.run(statement)) {
                // From the start of the line, over the ^C that the terminal has echoed.
                System.err.println("\rinterrupted");
            }
        } catch (ExecutionException e) {
            if (!start.hasFailed()) {
                System.err.println(ErrorPrinter.sentence(Objects.requireNonNullElse(e.getCause(), e)));
            }
        }
    }
}
