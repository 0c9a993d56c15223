package io.zipmap.cli;

import io.zipmap.job.Queries;
import io.zipmap.job.SqlSettings;
import io.zipmap.options.Option;
import java.io.IOException;
import java.nio.file.Path;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/**
 * {@code sql}: queries archives or the tables of a former run. Statements come from the command line, from standard
 * input, or from a prompt if standard input is a terminal.
 */
final class SqlAction implements CommandAction {
    private static final String HISTORY = ".zipmap_history";
    private static final String GREETING = "Spark SQL. End a statement with a semicolon; type .help for help.";

    @Override
    public int run(CommandInvocation invocation) throws IOException {
        SqlSettings settings = SqlSettings.of(invocation.values());
        if (!invocation.arguments().isEmpty()) {
            runQueries(invocation, settings);
        } else if (System.console() != null) {
            runPrompt(invocation, settings);
        } else {
            runStandardInput(invocation, settings);
        }
        return ExitStatus.DONE;
    }

    private static SqlStart start(CommandInvocation invocation, SqlSettings settings) {
        return SqlStart.begin(() -> SqlSession.open(invocation, settings), session -> {}, () -> {});
    }

    private static void runQueries(CommandInvocation invocation, SqlSettings settings) throws IOException {
        try (SqlStart start = start(invocation, settings)) {
            Queries.requireParsable(invocation.arguments());
            SqlSession session = start.await();
            for (String query : invocation.arguments()) {
                session.runQuery(query);
            }
        }
    }

    private static void runStandardInput(CommandInvocation invocation, SqlSettings settings) throws IOException {
        try (SqlStart start = start(invocation, settings);
                StatementRunner runner = new StatementRunner(start)) {
            // An error of the start ends a script without statements too.
            start.await();
            // Not closed: standard input belongs to the process.
            new SqlScript(runner).run(new StreamStatementReader(System.in));
        }
    }

    private static void runPrompt(CommandInvocation invocation, SqlSettings settings) throws IOException {
        Path history = Path.of(System.getProperty("user.home"), HISTORY);
        Terminal terminal = TerminalBuilder.builder().system(true).build();
        SqlCompleter completer = new SqlCompleter();
        boolean quiet = invocation.values().flag(Option.QUIET);
        try (TerminalStatementReader statements = new TerminalStatementReader(terminal, history, completer);
                SqlStart start = SqlStart.begin(
                        () -> SqlSession.openForPrompt(invocation, settings, statements::width),
                        session -> {
                            completer.setColumns(session::columns);
                            if (!quiet) {
                                statements.show(session.describe());
                            }
                        },
                        statements::end);
                StatementRunner runner = new StatementRunner(start)) {
            statements.onInterrupt(runner::interrupt);
            invocation.notes().println(GREETING);
            invocation.notes().flush();
            new SqlPrompt(start, runner).run(statements);
        }
    }
}
