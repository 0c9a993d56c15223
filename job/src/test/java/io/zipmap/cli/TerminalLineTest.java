package io.zipmap.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.testing.Zips;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class TerminalLineTest {
    private static final String ERASED = "\r\033[K";

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final PrintStream terminal = new PrintStream(written, true, UTF_8);
    private boolean inForeground = true;
    private final TerminalLine line = new TerminalLine(terminal, 20, () -> inForeground);
    private final PrintStream err = line.stream(terminal, false);
    private final PrintStream out = line.stream(terminal, true);

    /** One that a terminal does not wrap. */
    private static String line(String text) {
        return ERASED + "\033[?7l" + text + "\033[?7h";
    }

    private String written() {
        return written.toString(UTF_8);
    }

    /** What a terminal shows in the end: a carriage return goes to the first column, from where a line is erased. */
    private static List<String> shown(String written) {
        return Arrays.stream(written.split("\n", -1))
                .map(TerminalLineTest::overwritten)
                .toList();
    }

    private static String overwritten(String text) {
        StringBuilder columns = new StringBuilder();
        for (String part : text.split("\r", -1)) {
            String letters = part.replaceAll("\033\\[([?]7[lh]|K)", "");
            int replaced = part.startsWith("\033[K") ? columns.length() : Math.min(letters.length(), columns.length());
            columns.replace(0, replaced, letters);
        }
        return columns.toString().stripTrailing();
    }

    @Test
    void aShorterTextReplacesTheWholeLineAndTheEndRemovesIt() {
        line.show("map: 5 of 15");
        line.show("map: 15");
        line.clear();
        line.clear();
        assertThat(written()).isEqualTo(line("map: 5 of 15") + line("map: 15") + ERASED);
    }

    @Test
    void aTextIsCutBeforeTheLastColumn() {
        line.show("x".repeat(30));
        assertThat(written()).isEqualTo(line("x".repeat(19)));
    }

    @Test
    void otherOutputTakesItsPlaceAndAnUnfinishedLineIsLeftAlone() {
        line.show("map");
        err.print("warning: größe");
        line.show("map");
        err.println();
        line.show("map");
        line.clear();
        assertThat(shown(written())).containsExactly("warning: größe", "");
        assertThat(written()).startsWith(line("map") + ERASED + "warning: größe\n" + line("map"));
    }

    @Test
    void nothingIsShownAfterAResultOfTheSameStage() {
        line.begin();
        out.println("|1|");
        line.show("sql");
        out.println("|2|");
        assertThat(written()).isEqualTo("|1|\n|2|\n");
        line.begin();
        line.show("sql");
        assertThat(written()).endsWith(line("sql"));
    }

    @Test
    void aJobInTheBackgroundLeavesTheTerminalAlone() {
        line.show("map");
        inForeground = false;
        line.show("map: 2");
        err.println("warning");
        line.clear();
        assertThat(written()).isEqualTo(line("map") + "warning\n");
    }

    @Test
    void theWidthIsThatOfTheEnvironmentIfItIsANumber() {
        assertThat(TerminalLine.columns("132")).isEqualTo(132);
        assertThat(Arrays.asList(null, "", "0", "-5", "wide", "99999999999"))
                .extracting(TerminalLine::columns)
                .containsOnly(80);
    }

    /** Both streams go to one terminal, as those of a user do. */
    @Test
    @EnabledOnOs(OS.LINUX)
    @Timeout(value = 3, unit = TimeUnit.MINUTES)
    void aQueryOnATerminalShowsItsProgressWhichIsGoneWhenItsResultIsPrinted(@TempDir Path folder)
            throws IOException, InterruptedException {
        String query = "SELECT count(*) AS sum_of_hashes FROM range(4000000) WHERE sha2(CAST(id AS string), 512) <> ''";
        Path archive = Zips.deflated(folder.resolve("a.zip"), "x.npy", Zips.npy(6, 10, 2, 3));
        List<String> command = CommandProcess.builder(folder, "sql", "--input", archive.toString(), "SELECT 7", query)
                .command();
        String shell = command.stream()
                .map(word -> "'" + word.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" ", "", " | cat"));
        Path typescript = folder.resolve("typescript.txt");
        Process process = new ProcessBuilder("script", "-qec", shell, "/dev/null")
                .redirectErrorStream(true)
                .redirectOutput(typescript.toFile())
                .start();
        process.getOutputStream().close();
        assertThat(process.waitFor()).as(Files.readString(typescript)).isZero();
        String seen = Files.readString(typescript).replace("\r\n", "\n");
        assertThat(seen).containsPattern("sql: \\d of \\d tasks, .*RssAnon \\d+ MiB");
        assertThat(shown(seen).stream().filter(text -> !text.isEmpty()))
                .containsSubsequence("+---+", "|7  |", "+---+", "|sum_of_hashes|", "+-------------+", "|4000000      |")
                .noneMatch(text -> text.contains("sql:") || text.contains("Stage"));
    }
}
