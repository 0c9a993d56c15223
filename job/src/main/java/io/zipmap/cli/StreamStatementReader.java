package io.zipmap.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads statements from a file or a pipe. The last statement needs no semicolon. Closing closes the stream. */
final class StreamStatementReader implements StatementReader {
    private final BufferedReader in;

    StreamStatementReader(InputStream in) {
        this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    }

    @Override
    public @Nullable String next() throws IOException {
        StringBuilder text = new StringBuilder();
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            text.append(line).append('\n');
            if (StatementSyntax.isComplete(text.toString())) {
                if (!text.toString().isBlank()) {
                    return StatementSyntax.withoutSemicolon(text.toString());
                }
                text.setLength(0);
            }
        }
        return text.toString().isBlank() ? null : StatementSyntax.withoutSemicolon(text.toString());
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
