package io.zipmap.cli;

import io.zipmap.job.FormerRun;
import io.zipmap.job.Queries;
import io.zipmap.options.Option;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** {@code sql}: queries over the tables of a former run, from the command line or from standard input. */
final class SqlAction implements Action {
    private static final String END = ";";
    private static final String PROMPT = "zipmap> ";

    @Override
    public int run(Call call) throws IOException {
        FormerRun former = new FormerRun(
                call.values().required(Option.INPUT), call.values().required(Option.TABLE_FORMAT));
        try (SparkCall spark = SparkCall.open(call)) {
            Queries queries = new Queries(
                    spark.session(),
                    call.values().required(Option.TABLE_FORMAT),
                    call.values().text(Option.SQL_OUTPUT));
            queries.check(call.words());
            former.register(spark.session());
            if (call.words().isEmpty()) {
                prompt(call, queries);
            } else {
                queries.run(call.words());
            }
        }
        return ExitStatus.DONE;
    }

    /** A statement ends with a semicolon at the end of a line, or with the input. */
    private static void prompt(Call call, Queries queries) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        StringBuilder statement = new StringBuilder();
        showPrompt(call);
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            statement.append(line).append('\n');
            if (line.strip().endsWith(END)) {
                queries.run(List.of(take(statement)));
                showPrompt(call);
            }
        }
        if (!statement.toString().isBlank()) {
            queries.run(List.of(take(statement)));
        }
    }

    private static String take(StringBuilder statement) {
        String text = statement.toString().strip();
        statement.setLength(0);
        return text.endsWith(END) ? text.substring(0, text.length() - END.length()) : text;
    }

    private static void showPrompt(Call call) {
        if (System.console() != null) {
            call.out().print(PROMPT);
            call.out().flush();
        }
    }
}
