package io.zipmap.cli;

import io.zipmap.job.ElementsView;
import io.zipmap.job.Queries;
import io.zipmap.job.QueryResults;
import io.zipmap.job.SqlSettings;
import io.zipmap.job.output.FormerViews;
import io.zipmap.job.output.TotalStatsView;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;

/**
 * {@code sql}: queries archives or the tables of a former run. Statements come from the command line, from standard
 * input, or from a prompt if standard input is a terminal.
 */
final class SqlAction implements CommandAction {
    private static final String HISTORY = ".zipmap_history";

    @Override
    public int run(CommandInvocation invocation) throws IOException {
        SqlSettings settings = SqlSettings.of(invocation.values());
        try (SparkApplication spark = SparkApplication.open(invocation)) {
            ElementsView elements = new ElementsView(spark.session(), settings.elements());
            new Queries(spark.session(), settings.results()).requireValid(invocation.arguments());
            Optional<FormerViews> former =
                    FormerViews.among(spark.session(), settings.inputs(), settings.tableFormat());
            Queries queries = queries(spark.session(), settings.results(), elements, former);
            if (former.isPresent()) {
                // Registers no view of the arrays yet: it may fail, if their dtypes or shapes differ too much.
                former.get().register();
            } else {
                elements.register();
            }
            if (!invocation.arguments().isEmpty()) {
                queries.run(invocation.arguments());
            } else if (System.console() != null) {
                runPrompt(spark, queries);
            } else {
                runStandardInput(queries);
            }
        }
        return ExitStatus.DONE;
    }

    /** Adds the view {@code total_stats} only to a former run, because it needs the run's tables. */
    private static Queries queries(
            SparkSession session, QueryResults results, ElementsView elements, Optional<FormerViews> former) {
        Queries queries = new Queries(session, results);
        return former.isPresent()
                ? queries.with(elements, new TotalStatsView(session)).over(former.get())
                : queries.with(elements);
    }

    /** Runs the statements of standard input. The first one that fails ends the command. */
    private static void runStandardInput(Queries queries) throws IOException {
        try (StatementReader statements = new StreamStatementReader(System.in)) {
            for (@Nullable String next = statements.next(); next != null; next = statements.next()) {
                queries.run(List.of(next));
            }
        }
    }

    private static void runPrompt(SparkApplication spark, Queries queries) throws IOException {
        Path history = Path.of(System.getProperty("user.home"), HISTORY);
        try (TerminalStatementReader statements = new TerminalStatementReader(
                        TerminalBuilder.builder().system(true).build(), history);
                SqlPrompt prompt = new SqlPrompt(spark.session(), queries)) {
            statements.onInterrupt(prompt::cancel);
            prompt.run(statements);
        }
    }
}
