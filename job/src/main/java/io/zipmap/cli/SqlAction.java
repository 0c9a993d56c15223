package io.zipmap.cli;

import io.zipmap.job.ElementsSettings;
import io.zipmap.job.ElementsView;
import io.zipmap.job.Queries;
import io.zipmap.job.QueryResults;
import io.zipmap.job.output.FormerViews;
import io.zipmap.job.output.TotalStatsView;
import io.zipmap.options.Option;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;

/**
 * {@code sql}: queries over archives or over the tables of a former run, from the command line, from a file, or typed
 * at a prompt.
 */
final class SqlAction implements CommandAction {
    private static final String HISTORY = ".zipmap_history";

    @Override
    public int run(CommandInvocation call) throws IOException {
        call.values().required(Option.INPUT);
        List<String> inputs = call.values().texts(Option.INPUT);
        QueryResults settings = QueryResults.of(call.values());
        ElementsSettings opened = ElementsSettings.of(call.values());
        try (SparkScope spark = SparkScope.open(call)) {
            ElementsView elements = new ElementsView(spark.session(), opened);
            new Queries(spark.session(), settings).check(call.words());
            Optional<FormerViews> former =
                    FormerViews.among(spark.session(), inputs, call.values().required(Option.TABLE_FORMAT));
            Queries queries = queries(spark.session(), settings, elements, former);
            if (former.isPresent()) {
                // Its arrays may have too little in common for one view, which is no reason not to query the tables.
                former.get().register();
            } else {
                elements.register();
            }
            if (!call.words().isEmpty()) {
                queries.run(call.words());
            } else if (System.console() != null) {
                prompt(spark, queries);
            } else {
                runAll(queries);
            }
        }
        return ExitStatus.DONE;
    }

    /** Only the tables of a former run can be summed up. */
    private static Queries queries(
            SparkSession session, QueryResults settings, ElementsView elements, Optional<FormerViews> former) {
        Queries queries = new Queries(session, settings);
        return former.isPresent()
                ? queries.with(elements, new TotalStatsView(session)).over(former.get())
                : queries.with(elements);
    }

    /** The first statement that fails ends it. */
    private static void runAll(Queries queries) throws IOException {
        try (StatementReader statements = new StreamStatementReader(System.in)) {
            for (@Nullable String next = statements.next(); next != null; next = statements.next()) {
                queries.run(List.of(next));
            }
        }
    }

    private static void prompt(SparkScope spark, Queries queries) throws IOException {
        Path history = Path.of(System.getProperty("user.home"), HISTORY);
        try (TerminalStatementReader statements = new TerminalStatementReader(
                        TerminalBuilder.builder().system(true).build(), history);
                SqlPrompt prompt = new SqlPrompt(spark.session(), queries)) {
            statements.onInterrupt(prompt::cancel);
            prompt.run(statements);
        }
    }
}
