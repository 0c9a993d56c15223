package io.zipmap.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The line of a terminal that shows progress. All other output of the process passes through its streams: the line is
 * removed before, and is not shown within the lines of others, nor after a result of the stage. Thread-safe.
 */
final class TerminalLine implements ProgressOutput {
    private static final long DELAY_MILLIS = 500;
    private static final long PERIOD_MILLIS = 250;
    private static final int USUAL_COLUMNS = 80;

    private final PrintStream terminal;
    private final int columns;
    private int shown;
    private boolean hasResults;
    private boolean isFree = true;

    TerminalLine(PrintStream terminal, int columns) {
        this.terminal = terminal;
        this.columns = columns;
    }

    /**
     * The line of the terminal to which standard error goes, if it is one. Standard error becomes its stream, and so
     * does standard output if it goes to a terminal.
     */
    static Optional<TerminalLine> ofProcess() {
        Map<String, String> environment = System.getenv();
        if ("dumb".equals(environment.get("TERM")) || !isTerminal(2)) {
            return Optional.empty();
        }
        TerminalLine line = new TerminalLine(System.err, columns(environment.get("COLUMNS")));
        System.setErr(line.stream(System.err, false));
        if (isTerminal(1)) {
            System.setOut(line.stream(System.out, true));
        }
        return Optional.of(line);
    }

    /** Where the system does not tell, both streams and standard input must go to the terminal. */
    private static boolean isTerminal(int descriptor) {
        Path link = Path.of("/proc/self/fd/" + descriptor);
        try {
            String target = Files.readSymbolicLink(link).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException e) {
            return System.console() != null;
        }
    }

    static int columns(@Nullable String variable) {
        return variable != null && variable.matches("[1-9]\\d{0,3}") ? Integer.parseInt(variable) : USUAL_COLUMNS;
    }

    /** @param results whether the user's results are written to it */
    PrintStream stream(PrintStream target, boolean results) {
        return new PrintStream(new Others(target, results), true, encoding());
    }

    /** What the JVM itself uses for the standard streams: the first since Java 19. */
    private static Charset encoding() {
        String name = System.getProperty("stdout.encoding", System.getProperty("native.encoding"));
        return name != null && Charset.isSupported(name) ? Charset.forName(name) : Charset.defaultCharset();
    }

    @Override
    public synchronized void begin() {
        hasResults = false;
    }

    @Override
    public synchronized void show(String text) {
        if (isFree && !hasResults) {
            String line = text.length() <= width() ? text : text.substring(0, width());
            terminal.print('\r' + line + " ".repeat(Math.max(0, shown - line.length())));
            terminal.flush();
            shown = line.length();
        }
    }

    @Override
    public synchronized void clear() {
        if (shown > 0) {
            terminal.print('\r' + " ".repeat(shown) + '\r');
            terminal.flush();
            shown = 0;
        }
    }

    /** A character in the last column would begin a new line on some terminals. */
    @Override
    public int width() {
        return columns - 1;
    }

    @Override
    public long delayMillis() {
        return DELAY_MILLIS;
    }

    @Override
    public long periodMillis() {
        return PERIOD_MILLIS;
    }

    private synchronized void write(PrintStream target, boolean results, byte[] bytes, int from, int length) {
        if (length > 0) {
            clear();
            target.write(bytes, from, length);
            isFree = bytes[from + length - 1] == '\n';
            hasResults |= results;
        }
    }

    /** Writes to one of the two standard streams. */
    private final class Others extends OutputStream {
        private final PrintStream target;
        private final boolean results;

        Others(PrintStream target, boolean results) {
            this.target = target;
            this.results = results;
        }

        @Override
        public void write(int one) {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            TerminalLine.this.write(target, results, bytes, from, length);
        }

        @Override
        public void flush() {
            target.flush();
        }
    }
}
