package io.zipmap.cli;

import io.zipmap.cli.StatementSyntax.Split;
import io.zipmap.cli.StatementSyntax.Statement;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jline.reader.Completer;
import org.jline.reader.EOFError;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jspecify.annotations.Nullable;

/** Reads statements from a terminal, with line editing, completion, multi-line statements and a history file. */
final class TerminalStatementReader implements StatementReader {
    private static final String PROMPT = "zipmap> ";
    private static final String GOES_ON = "     -> ";

    private final Terminal terminal;
    private final LineReader reader;
    private final Queue<Statement> complete = new ArrayDeque<>();
    private @Nullable Thread reading;
    private boolean ended;

    /**
     * @param terminal closed with this reader
     * @param history file of former statements; read and extended
     */
    TerminalStatementReader(Terminal terminal, Path history, Completer completer) {
        this.terminal = terminal;
        this.reader = LineReaderBuilder.builder()
                .terminal(terminal)
                .parser(new WholeStatements())
                .completer(completer)
                .variable(LineReader.HISTORY_FILE, history)
                .variable(LineReader.SECONDARY_PROMPT_PATTERN, GOES_ON)
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .option(LineReader.Option.CASE_INSENSITIVE, true)
                .build();
    }

    @Override
    public @Nullable Statement next() {
        while (complete.isEmpty() && begin()) {
            try {
                String text = reader.readLine(PROMPT);
                Split split = StatementSyntax.split(text, 1);
                complete.addAll(split.statements());
                if (StatementSyntax.isExit(split.rest())) {
                    complete.add(new Statement(split.rest().strip(), split.line()));
                }
            } catch (UserInterruptException e) {
                // Ctrl-C clears the input, as in a shell.
                continue;
            } catch (EndOfFileException e) {
                return null;
            } finally {
                finish();
            }
        }
        return complete.poll();
    }

    private synchronized boolean begin() {
        reading = Thread.currentThread();
        return !ended;
    }

    /** Clears the interrupt of {@link #end}. */
    private synchronized void finish() {
        reading = null;
        if (ended) {
            Thread.interrupted();
        }
    }

    /** Ends the input from another thread: {@link #next} returns null. */
    synchronized void end() {
        ended = true;
        if (reading != null) {
            reading.interrupt();
        }
    }

    /** Shows a text above the line that is being typed. */
    void show(String text) {
        reader.printAbove(text);
    }

    /** Columns of the terminal; 0 if they are not known. */
    int width() {
        return terminal.getWidth();
    }

    /** Sets the action of Ctrl-C while no line is being read. */
    void onInterrupt(Runnable action) {
        terminal.handle(Terminal.Signal.INT, signal -> action.run());
    }

    @Override
    public void close() throws IOException {
        terminal.close();
    }

    /** Requests further lines until all statements are complete. */
    private static final class WholeStatements implements Parser {
        @Override
        public ParsedLine parse(String line, int cursor, ParseContext context) {
            if (context == ParseContext.ACCEPT_LINE && !StatementSyntax.isComplete(line)) {
                throw new EOFError(-1, -1, "A statement ends with a semicolon");
            }
            return new SqlCompleter.NameAtCursor(line, cursor);
        }
    }
}
