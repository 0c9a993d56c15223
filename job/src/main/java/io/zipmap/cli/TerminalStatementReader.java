package io.zipmap.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.jline.reader.EOFError;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Terminal;
import org.jspecify.annotations.Nullable;

/**
 * Statements typed at a prompt, with line editing, a history that outlives the session, and statements of many lines.
 */
final class TerminalStatementReader implements StatementReader {
    private static final String PROMPT = "zipmap> ";
    private static final String GOES_ON = "     -> ";

    private final Terminal terminal;
    private final LineReader reader;

    /** @param history file of the statements typed so far */
    TerminalStatementReader(Terminal terminal, Path history) {
        this.terminal = terminal;
        this.reader = LineReaderBuilder.builder()
                .terminal(terminal)
                .parser(new WholeStatements())
                .variable(LineReader.HISTORY_FILE, history)
                .variable(LineReader.SECONDARY_PROMPT_PATTERN, GOES_ON)
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .build();
    }

    @Override
    public @Nullable String next() {
        while (true) {
            try {
                String text = reader.readLine(PROMPT);
                if (!text.isBlank()) {
                    return StatementSyntax.of(text);
                }
            } catch (UserInterruptException e) {
                // Ctrl-C gives up what was typed, as in any shell.
                continue;
            } catch (EndOfFileException e) {
                return null;
            }
        }
    }

    /** Ctrl-C while no line is read. */
    void onInterrupt(Runnable action) {
        terminal.handle(Terminal.Signal.INT, signal -> action.run());
    }

    @Override
    public void close() throws IOException {
        terminal.close();
    }

    /** Asks for another line until a statement is whole. */
    private static final class WholeStatements implements Parser {
        private final DefaultParser words = new DefaultParser().eofOnUnclosedQuote(false);

        @Override
        public ParsedLine parse(String line, int cursor, ParseContext context) {
            if (context == ParseContext.ACCEPT_LINE && !StatementSyntax.complete(line)) {
                throw new EOFError(-1, -1, "A statement ends with a semicolon");
            }
            return words.parse(line, cursor, ParseContext.UNSPECIFIED);
        }
    }
}
