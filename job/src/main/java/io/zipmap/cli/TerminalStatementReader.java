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

/** Reads statements from a terminal, with line editing, multi-line statements and a history file. */
final class TerminalStatementReader implements StatementReader {
    private static final String PROMPT = "zipmap> ";
    private static final String GOES_ON = "     -> ";

    private final Terminal terminal;
    private final LineReader reader;

    /**
     * @param terminal closed with this reader
     * @param history file of former statements; read and extended
     */
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
                    return StatementSyntax.withoutSemicolon(text);
                }
            } catch (UserInterruptException e) {
                // Ctrl-C clears the input, as in a shell.
                continue;
            } catch (EndOfFileException e) {
                return null;
            }
        }
    }

    /** Sets the action of Ctrl-C while no line is being read. */
    void onInterrupt(Runnable action) {
        terminal.handle(Terminal.Signal.INT, signal -> action.run());
    }

    @Override
    public void close() throws IOException {
        terminal.close();
    }

    /** Requests further lines until a statement is complete. */
    private static final class WholeStatements implements Parser {
        private final DefaultParser words = new DefaultParser().eofOnUnclosedQuote(false);

        @Override
        public ParsedLine parse(String line, int cursor, ParseContext context) {
            if (context == ParseContext.ACCEPT_LINE && !StatementSyntax.isComplete(line)) {
                throw new EOFError(-1, -1, "A statement ends with a semicolon");
            }
            return words.parse(line, cursor, ParseContext.UNSPECIFIED);
        }
    }
}
