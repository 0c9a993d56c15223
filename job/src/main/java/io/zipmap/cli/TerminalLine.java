package io.zipmap.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The line of a terminal that shows progress. All other output of the process passes through its streams: the line is
 * removed before, and is not shown within the lines of others, nor after a result of the stage. A job in the background
 * leaves the terminal alone. Thread-safe.
 */
final class TerminalLine implements ProgressOutput {
    private static final long DELAY_MILLIS = 500;
    private static final long PERIOD_MILLIS = 250;
    private static final int USUAL_COLUMNS = 80;

    /** A window that became narrower cuts the line, or each text would begin a new one. */
    private static final String NO_WRAP = "\033[?7l";

    private static final String WRAP = "\033[?7h";
    private static final String ERASED = "\r\033[K";

    private final PrintStream terminal;
    private final int columns;
    private final BooleanSupplier inForeground;
    private boolean isShown;
    private boolean hasResults;
    private boolean isFree = true;

    /** @param inForeground whether the process may write to the terminal now */
    TerminalLine(PrintStream terminal, int columns, BooleanSupplier inForeground) {
        this.terminal = terminal;
        this.columns = columns;
        this.inForeground = inForeground;
    }

    /**
     * The line of the terminal to which standard error goes, if it is one. Standard error becomes its stream, and so
     * does standard output unless it goes to a file: what reads a pipe may print to the same terminal.
     */
    static Optional<TerminalLine> ofProcess() {
        Map<String, String> environment = System.getenv();
        if ("dumb".equals(environment.get("TERM")) || !isTerminal(2)) {
            return Optional.empty();
        }
        TerminalLine line =
                new TerminalLine(System.err, columns(environment.get("COLUMNS")), ForegroundJob::isThisProcess);
        System.setErr(line.stream(System.err, false));
        if (!isFile(1)) {
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

    private static boolean isFile(int descriptor) {
        return Files.isRegularFile(Path.of("/proc/self/fd/" + descriptor));
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
        if (isFree && !hasResults && inForeground.getAsBoolean()) {
            String line = text.length() <= width() ? text : text.substring(0, width());
            terminal.print(ERASED + NO_WRAP + line + WRAP);
            terminal.flush();
            isShown = true;
        }
    }

    @Override
    public synchronized void clear() {
        if (isShown && inForeground.getAsBoolean()) {
            terminal.print(ERASED);
            terminal.flush();
        }
        isShown = false;
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
