package io.zipmap.cli;

import io.zipmap.cli.StatementSyntax.Split;
import io.zipmap.cli.StatementSyntax.Statement;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Reads statements from a file or a pipe. The last statement needs no semicolon. Closing closes the stream. */
final class StreamStatementReader implements StatementReader {
    private final BufferedReader in;
    private final Queue<Statement> complete = new ArrayDeque<>();
    private String rest = "";
    private int restLine = 1;
    private boolean ended;

    StreamStatementReader(InputStream in) {
        this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    }

    @Override
    public @Nullable Statement next() throws IOException {
        while (complete.isEmpty() && !ended) {
            String line = in.readLine();
            ended = line == null;
            // A semicolon ends the last statement. On a line of its own, a comment before it cannot hide it.
            Split split = StatementSyntax.split(rest + (ended ? "\n;" : line + "\n"), restLine);
            complete.addAll(split.statements());
            rest = split.rest();
            restLine = split.line();
            if (StatementSyntax.isExit(rest)) {
                complete.add(new Statement(rest.strip(), restLine));
                rest = "";
            } else if (ended && !rest.isEmpty()) {
                // A quote or a comment does not end. Spark says so.
                complete.add(new Statement(rest.substring(0, rest.length() - 2).strip(), restLine));
            }
        }
        return complete.poll();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
