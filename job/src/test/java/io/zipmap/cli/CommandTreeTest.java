package io.zipmap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.job.RunSettings;
import io.zipmap.options.Command;
import io.zipmap.options.Option;
import io.zipmap.tools.InspectJob;
import io.zipmap.tools.SampleJob;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Parsing of the command line, without Spark. */
class CommandTreeTest {
    private static final CommandAction NEVER = call -> {
        throw new AssertionError("the action was called");
    };
    private static final Pattern OPTION = Pattern.compile("^ +(?:-\\w, )?(--(?:\\[no-\\])?[a-z-]+)");

    /** Runs a command up to the point where it would start Spark. */
    private static int settle(CommandInvocation call) throws IOException {
        switch (call.command()) {
            case RUN -> RunSettings.of(call.values());
            case INSPECT -> InspectJob.of(call.values());
            case GENERATE -> SampleJob.of(call.values());
            default -> throw new AssertionError(call.command());
        }
        return 99;
    }

    @Test
    void helpShowsEveryCommandAndTheExitStatuses() {
        CommandResult said = CommandResult.call(NEVER, "--help");
        assertThat(said.status).isZero();
        for (Command command : Command.values()) {
            assertThat(said.out).contains("\n  " + command.word() + " ").contains(command.text());
        }
        assertThat(said.out).contains("Exit status: 0 done, 1 failed, 2 usage, 3 done with rows in failures.");
        assertThat(said.err).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void helpOfACommandListsExactlyItsOptions(Command command) {
        CommandResult said = CommandResult.call(NEVER, command.word(), "--help");
        assertThat(said.status).isZero();
        List<String> expected = new ArrayList<>(List.of("--help", "--version"));
        command.options().forEach(option -> expected.add(option.flag()));
        List<String> shown = said.out
                .lines()
                .map(OPTION::matcher)
                .filter(Matcher::find)
                .map(line -> line.group(1).replace("[no-]", ""))
                .toList();
        assertThat(shown).doesNotHaveDuplicates();
        assertThat(new TreeSet<>(shown)).isEqualTo(new TreeSet<>(expected));
        command.defaults().forEach((option, standard) -> assertThat(said.out).contains("Default: " + standard + "."));
    }

    @Test
    void theVersionIsShown() {
        assertThat(CommandResult.call(NEVER, "--version").out).startsWith("zipmap ");
        assertThat(CommandResult.call(NEVER, "run", "--version").out).startsWith("zipmap ");
    }

    @Test
    void anUnknownOptionNamesTheNearest() {
        CommandResult said = CommandResult.call(NEVER, "run", "--scrach-budget", "1g");
        assertThat(said.status).isEqualTo(2);
        assertThat(said.errors())
                .containsExactly(
                        "The options of run: ./submit.sh run --help",
                        "zipmap: Unknown option of run: --scrach-budget. Did you mean --scratch-budget?");
        assertThat(CommandResult.call(NEVER, "run", "--inptu=x").err).endsWith("Did you mean --input?\n");
        assertThat(CommandResult.call(NEVER, "run", "--inp", "x").err).endsWith("Did you mean --input?\n");
        assertThat(CommandResult.call(NEVER, "run", "--json").err)
                .endsWith("Unknown option of run: --json. It is an option of inspect.\n");
        assertThat(CommandResult.call(NEVER, "run", "--no-idea-at-all").errors().get(1))
                .isEqualTo("zipmap: Unknown option of run: --no-idea-at-all.");
    }

    @Test
    void aStrayWordMayBeAnInput() {
        assertThat(CommandResult.call(NEVER, "run", "--input", "a.npz", "b.npz")
                        .errors()
                        .get(1))
                .isEqualTo("zipmap: Unexpected word: b.npz. Did you mean --input b.npz?"
                        + " A glob needs quotes: --input '*.npz'.");
        assertThat(CommandResult.call(NEVER, "clean", "b.npz").errors().get(1))
                .isEqualTo("zipmap: Unexpected word: b.npz.");
    }

    @Test
    void aMissingValueNamesItsOption() {
        assertThat(CommandResult.call(NEVER, "run", "--input").errors().get(1))
                .isEqualTo("zipmap: Missing value of --input: expected TEXT.");
        assertThat(CommandResult.call(NEVER, "run", "--input", "--output", "x")
                        .errors()
                        .get(1))
                .isEqualTo("zipmap: Missing value of --input: found the option --output.");
    }

    @Test
    void anUnknownCommandNamesTheNearest() {
        CommandResult said = CommandResult.call(NEVER, "rnu");
        assertThat(said.status).isEqualTo(2);
        assertThat(said.errors())
                .containsExactly("The commands: ./submit.sh --help", "zipmap: Unknown command: rnu. Did you mean run?");
        assertThat(CommandResult.call(NEVER, "publish").errors().get(1))
                .isEqualTo("zipmap: Unknown command: publish."
                        + " The commands are demo, generate, inspect, run, sql, pack, report, clean.");
        assertThat(CommandResult.call(NEVER, "--foo").errors().get(1))
                .startsWith("zipmap: Unknown option: --foo. A command comes before its options.");
        CommandResult nothing = CommandResult.call(NEVER);
        assertThat(nothing.status).isEqualTo(2);
        assertThat(nothing.err).startsWith("Usage: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "run --input",
                "run --input a --on-error skip",
                "run --input a --slice-bytes lots",
                "run --input a stray",
                "generate --count -1",
                "clean --json",
                "run --input a --max-entries 1e3"
            })
    void wrongUsageEndsWith2BeforeTheAction(String line) {
        CommandResult said = CommandResult.call(NEVER, line.split(" "));
        assertThat(said.status).isEqualTo(2);
        assertThat(said.err).isNotEmpty().doesNotContain("\tat ");
        assertThat(said.out).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "run --input a --dtype floaty",
                "run --input a --dtype complex256",
                "run --input a --dtype datetime64[q]",
                "run --input a --dtype [('a','<f4'),('a','<f4')]",
                "run --input a --dtype [('a','<f4')",
                "inspect --input a --dtype <f3",
                "run --input a --dtype float32 --shape four",
                "run --input a --dtype float32 --shape=-1,-1",
                "run --input a --shape=-2",
                "run --input a --dtype float32 --shape 9999999999,9999999999",
                "run --input a --slice-bytes 15",
                "run --input a --slice-bytes 2g",
                "run",
                "inspect",
                "generate --output a --shape=-1,4",
                "generate --output a --dtype text",
                "generate --output a --dtype complex64",
                "generate --output a --dtype S5",
                "generate --output a --count 99999999999"
            })
    void wrongValuesEndWith2BeforeSpark(String line) {
        CommandResult said = CommandResult.call(CommandTreeTest::settle, line.split(" "));
        assertThat(said.status).isEqualTo(2);
        assertThat(said.errors()).hasSize(1);
        assertThat(said.err).startsWith("zipmap: [ZIPMAP_OPTION_INVALID] ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "run --input a --input b --dtype float32 --shape -1,4",
                "run --input=a --shape=-1,4 --no-overwrite --quantiles",
                "inspect --input a --json",
                "generate --output a"
            })
    void validValuesReachTheAction(String line) {
        CommandResult said = CommandResult.call(CommandTreeTest::settle, line.split(" "));
        assertThat(said.err).isEmpty();
        assertThat(said.status).isEqualTo(99);
    }

    @Test
    void optionsReachTheAction() {
        List<CommandInvocation> calls = new ArrayList<>();
        CommandAction record = call -> {
            calls.add(call);
            return 0;
        };
        CommandResult.call(record, "run", "--input", "a,b", "--input", "c d", "--overwrite", "--sql", "SELECT 1, '%s'");
        CommandResult.call(record, "sql", "--input", "out", "SELECT 1", "SELECT 2");
        assertThat(calls.get(0).command()).isEqualTo(Command.RUN);
        assertThat(calls.get(0).values().texts(Option.INPUT)).containsExactly("a,b", "c d");
        assertThat(calls.get(0).values().texts(Option.SQL)).containsExactly("SELECT 1, '%s'");
        assertThat(calls.get(0).values().text(Option.OVERWRITE)).contains("true");
        assertThat(calls.get(0).values().origin(Option.OVERWRITE)).isEqualTo("--overwrite");
        assertThat(calls.get(1).arguments()).containsExactly("SELECT 1", "SELECT 2");
    }

    @Test
    void printConfigShowsValuesAndOriginsAndEnds() {
        System.setProperty("spark.zipmap.packBytes", "1g");
        try {
            CommandResult said = CommandResult.call(NEVER, "run", "--print-config", "--slice-bytes", "8m");
            assertThat(said.status).isZero();
            assertThat(said.out.lines().map(line -> line.replaceAll(" +", " ")))
                    .contains(
                            "sliceBytes = 8m (--slice-bytes)",
                            "packBytes = 1g (spark.zipmap.packBytes)",
                            "inPlace = auto (default)",
                            "printConfig = true (--print-config)")
                    .hasSize(Command.RUN.options().size());
        } finally {
            System.clearProperty("spark.zipmap.packBytes");
        }
    }

    @Test
    void theShownDefaultIsThatOfTheCommand() {
        assertThat(shown("run")).contains("onError = quarantine (default)");
        assertThat(shown("pack")).contains("onError = quarantine (default)");
        assertThat(shown("sql")).contains("onError = fail (default)", "dtype = (default)", "shape = -1 (default)");
        assertThat(shown("generate")).contains("dtype = float32 (default)", "shape = 2000000,4 (default)");
        assertThat(CommandResult.call(NEVER, "sql", "--help").out).contains("Default: fail.");
        assertThat(CommandResult.call(NEVER, "run", "--help").out).contains("Default: quarantine.");
    }

    private static List<String> shown(String command) {
        CommandResult said = CommandResult.call(NEVER, command, "--print-config");
        assertThat(said.status).isZero();
        return said.out.lines().map(line -> line.replaceAll(" +", " ")).toList();
    }

    @Test
    void anErrorIsOneSentenceAndItsTraceComesWhenAsked() {
        CommandAction fails = call -> {
            throw new IllegalStateException(
                    "wrapped", new ZipmapException(Condition.INPUT_MISSING, "Cannot find the input: x"));
        };
        CommandResult said = CommandResult.call(fails, "run", "--input", "x");
        assertThat(said.status).isEqualTo(1);
        assertThat(said.errors()).containsExactly("zipmap: [ZIPMAP_INPUT_MISSING] Cannot find the input: x.");
        CommandResult more = CommandResult.call(fails, "run", "--input", "x", "--stacktrace");
        assertThat(more.status).isEqualTo(1);
        assertThat(more.err).contains("IllegalStateException: wrapped").contains("\tat io.zipmap.cli");
        System.setProperty("spark.zipmap.stacktrace", "true");
        try {
            assertThat(CommandResult.call(fails, "run", "--input", "x").err).contains("\tat io.zipmap.cli");
        } finally {
            System.clearProperty("spark.zipmap.stacktrace");
        }
    }

    @Test
    void aBadEntryCanBeLeftOutIfTheCommandHasAnOptionForIt() {
        CommandAction fails = call -> {
            throw new ZipmapException(Condition.CRC_MISMATCH, "Cannot trust an entry").archive("file:///a.zip");
        };
        assertThat(CommandResult.call(fails, "sql", "--input", "x").err)
                .endsWith(". To go on without what cannot be read, add --on-error quarantine.\n");
        assertThat(CommandResult.call(fails, "inspect", "--input", "x").err).doesNotContain("quarantine");
    }

    @Test
    void anErrorWithoutANameSaysHowToSeeMore() {
        CommandAction fails = call -> {
            throw new IOException("outer", new IllegalStateException("disk on fire"));
        };
        CommandResult said = CommandResult.call(fails, "run", "--input", "x");
        assertThat(said.status).isEqualTo(1);
        assertThat(said.errors())
                .containsExactly(
                        "zipmap: java.lang.IllegalStateException: disk on fire. Add --stacktrace to see where it"
                                + " comes from.");
    }

    @Test
    void theStatusOfTheActionIsThatOfTheProcess() {
        for (int status : new int[] {0, 3}) {
            assertThat(CommandResult.call(call -> status, "clean").status).isEqualTo(status);
        }
    }
}
