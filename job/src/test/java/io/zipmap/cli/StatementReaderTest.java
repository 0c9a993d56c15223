package io.zipmap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.cli.StatementSyntax.Statement;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jline.terminal.Size;
import org.jline.terminal.impl.ExternalTerminal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading of statements from streams and terminals. */
@Timeout(60)
class StatementReaderTest {
    private static final char CTRL_C = 3;

    /** Key sequence for the previous entry of the history. */
    private static final char CTRL_P = 16;

    @TempDir
    Path folder;

    private static InputStream text(String text) {
        return new ByteArrayInputStream(bytes(text));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> all(StatementReader statements) throws IOException {
        List<String> all = new ArrayList<>();
        try (statements) {
            for (Statement next = statements.next(); next != null; next = statements.next()) {
                all.add(next.text());
            }
        }
        return all;
    }

    private List<String> typed(String keys) throws IOException {
        return all(new TerminalStatementReader(
                new ExternalTerminal("test", "xterm", text(keys), new ByteArrayOutputStream(), StandardCharsets.UTF_8),
                folder.resolve("history"),
                new SqlCompleter()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT ';\n' AS a;",
                "SELECT 1 AS `;\n`;",
                "SELECT '\\';\n';",
                "SELECT 1 -- a comment;\n;",
                "SELECT /* ;\n */ 1;",
                "SELECT \";\n\";",
                "SELECT r'\\';",
                "SELECT a, R\"\\\";",
                "SELECT bar'\\';\n';"
            })
    void aSemicolonInsideQuotesAndCommentsDoesNotEndAStatement(String statement) throws IOException {
        String whole = statement.substring(0, statement.length() - 1);
        assertThat(all(new StreamStatementReader(text(statement + "\nSELECT 2;\n"))))
                .containsExactly(whole.strip(), "SELECT 2");
    }

    @Test
    void commentsMayStandAnywhereAndSeveralStatementsOnALine() throws IOException {
        String script = "-- it's a comment; with a quote\n/* one /* in; */ another; */ SELECT 1; SELECT 2 -- ;\n"
                + ", 3; /* only */ ; -- only\n.tables;\n-- a comment\n  .schema\nSELECT 4 -- the end";
        assertThat(all(new StreamStatementReader(text(script))))
                .containsExactly("SELECT 1", "SELECT 2 -- ;\n, 3", ".tables", ".schema", "SELECT 4 -- the end");
        assertThat(typed("SELECT 1; /* ; */ SELECT\n2;\n")).containsExactly("SELECT 1", "SELECT\n2");
    }

    @Test
    void aStatementOfAFileKnowsItsLine() throws IOException {
        List<Integer> lines = new ArrayList<>();
        try (StatementReader statements =
                new StreamStatementReader(text("SELECT 1; SELECT 2;\n-- comment\nSELECT\n3\n;\n\n.help\nSELECT 4"))) {
            for (Statement next = statements.next(); next != null; next = statements.next()) {
                lines.add(next.line());
            }
        }
        assertThat(lines).containsExactly(1, 1, 3, 7, 8);
    }

    @Test
    void whatDoesNotEndIsAStatementToo() throws IOException {
        assertThat(all(new StreamStatementReader(text("SELECT 'a;\nb")))).containsExactly("SELECT 'a;\nb");
        assertThat(all(new StreamStatementReader(text("SELECT 1; /* a;")))).containsExactly("SELECT 1", "/* a;");
    }

    @Test
    void tabCompletesColumnsAndTables() throws IOException {
        SqlCompleter completer = new SqlCompleter();
        completer.setColumns(() -> Map.of("elements", List.of("temperature", "two words")));
        String keys = "SELECT avg(TEMP\t), max(two\t) FROM ele\t;\n";
        assertThat(all(new TerminalStatementReader(
                        new ExternalTerminal(
                                "test", "xterm", text(keys), new ByteArrayOutputStream(), StandardCharsets.UTF_8),
                        folder.resolve("history"),
                        completer)))
                .singleElement()
                .asString()
                .isEqualToIgnoringWhitespace("SELECT avg(temperature), max(`two words`) FROM elements");
    }

    @Test
    void theLastStatementOfAFileNeedsNoSemicolon() throws IOException {
        assertThat(all(new StreamStatementReader(text("\n\nSELECT 1;\n\n SELECT\n2 "))))
                .containsExactly("SELECT 1", "SELECT\n2");
        assertThat(all(new StreamStatementReader(text("")))).isEmpty();
    }

    @Test
    void aStatementMayHaveManyLines() throws IOException {
        assertThat(typed("SELECT\n1,\n2;\n.help\n\nSELECT 3;\n")).containsExactly("SELECT\n1,\n2", ".help", "SELECT 3");
    }

    @Test
    void theHistoryIsKeptForTheNextSession() throws IOException {
        typed("SELECT 1;\n");
        assertThat(folder.resolve("history")).content().contains("SELECT 1;");
        assertThat(typed(CTRL_P + "\n")).containsExactly("SELECT 1");
    }

    @Test
    void interruptClearsTheInput() throws IOException {
        PipedOutputStream keys = new PipedOutputStream();
        ByteArrayOutputStream screen = new ByteArrayOutputStream() {
            @Override
            public synchronized void write(int one) {
                super.write(one);
                notifyAll();
            }
        };
        ExternalTerminal terminal =
                new ExternalTerminal("test", "xterm", new PipedInputStream(keys), screen, StandardCharsets.UTF_8);
        terminal.setSize(new Size(80, 24));
        try (TerminalStatementReader statements =
                new TerminalStatementReader(terminal, folder.resolve("history"), new SqlCompleter())) {
            CompletableFuture<Statement> next = CompletableFuture.supplyAsync(statements::next);
            keys.write(bytes("SELECT 1,\n"));
            awaitText(screen, 0, "-> ");
            int before = screen.size();
            keys.write(CTRL_C);
            // Another thread delivers the interrupt. Text typed before that would be cleared too.
            awaitText(screen, before, "zipmap> ");
            keys.write(bytes("SELECT 2;\n"));
            assertThat(next.join().text()).isEqualTo("SELECT 2");
        }
    }

    private static void awaitText(ByteArrayOutputStream screen, int from, String text) {
        synchronized (screen) {
            while (screen.toString(StandardCharsets.ISO_8859_1).indexOf(text, from) < 0) {
                try {
                    screen.wait();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
        }
    }
}
