package io.zipmap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.options.Option;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every word of the command line reaches the command unchanged. */
class CommandSyntaxTest {
    private static CommandInvocation accepted(String... words) {
        List<CommandInvocation> calls = new ArrayList<>();
        CommandResult said = CommandResult.call(
                call -> {
                    calls.add(call);
                    return 0;
                },
                words);
        assertThat(said.status).as(said.err).isZero();
        return calls.get(0);
    }

    private static String refused(String... words) {
        CommandResult said = CommandResult.call(
                call -> {
                    throw new AssertionError("the action was called: " + call.values());
                },
                words);
        assertThat(said.status).isEqualTo(2);
        return said.errors().get(said.errors().size() - 1);
    }

    @Test
    void aListFileIsAValueAndIsNotExpanded(@TempDir Path folder) throws Exception {
        String list = "@" + Files.writeString(folder.resolve("list.txt"), "a.npz\n--overwrite\n\"b c.npz\"\n");
        assertThat(accepted("run", "--input", list, "--input=" + list).values().texts(Option.INPUT))
                .containsExactly(list, list);
        CommandInvocation sql = accepted("sql", "--input", list, list, "@" + list, "--", list);
        assertThat(sql.values().texts(Option.INPUT)).containsExactly(list);
        assertThat(sql.arguments()).containsExactly(list, "@" + list, list);
        assertThat(refused("run", "--input", "a", list)).contains(list);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@",
                "@@x",
                "\"a b\"",
                "'a'",
                "a\\ b",
                "a=b",
                "=",
                "=a",
                "-1,4",
                "-5",
                "-a.npz",
                "- a",
                "-",
                "-- a comment\nSELECT 1",
                "--one=1\nSELECT 1",
                "${sys:user.home}",
                "${env:HOME}",
                "%s %d",
                "a,b|c;d",
                "# no comment",
                " a ",
                ""
            })
    void aValueIsUnchanged(String value) {
        assertThat(accepted("run", "--sql", value).values().texts(Option.SQL)).containsExactly(value);
        assertThat(accepted("run", "--sql=" + value).values().texts(Option.SQL)).containsExactly(value);
        assertThat(accepted("sql", "--columns=" + value).values().text(Option.COLUMNS))
                .contains(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-- a comment\nSELECT 1",
                "--one=1\nSELECT 1",
                "-5",
                "@x",
                "\"a\"",
                "SELECT '--overwrite=true'",
                "a=b",
                "${sys:user.home}",
                ""
            })
    void aQueryIsUnchanged(String query) {
        assertThat(accepted("sql", "--input", "a", query, "--provenance", "SELECT 2")
                        .arguments())
                .containsExactly(query, "SELECT 2");
        assertThat(accepted("sql", "--input", "a", "--", query).arguments()).containsExactly(query);
    }

    @Test
    void anOptionIsAValueOnlyAfterAnEqualsSign() {
        assertThat(refused("run", "--input", "--outptu", "x"))
                .contains("--input")
                .contains("--outptu");
        assertThat(refused("sql", "--input", "a", "--columns", "--provenance", "SELECT 1"))
                .contains("--columns");
        assertThat(accepted("sql", "--columns=--outptu").values().text(Option.COLUMNS))
                .contains("--outptu");
    }

    @Test
    void aMisspeltOptionIsNoQuery() {
        assertThat(refused("sql", "--input", "a", "--columsn", "x", "SELECT 1")).contains("--columsn");
        assertThat(refused("sql", "--input", "a", "--columsn=x")).contains("--columsn=x");
        assertThat(refused("sql", "--input", "a", "-x")).contains("-x");
        assertThat(refused("sql", "--input", "a", "-hx")).contains("-hx");
    }

    @Test
    void optionsAreNotAbbreviated() {
        assertThat(refused("run", "--inp", "x")).contains("--inp");
        assertThat(refused("run", "--INPUT", "x")).contains("--INPUT");
        assertThat(refused("ru", "--input", "x")).contains("ru");
    }

    @Test
    void aFlagMayHaveItsValueInTheSameWord() {
        assertThat(accepted("run", "--overwrite=true").values().text(Option.OVERWRITE))
                .contains("true");
        assertThat(accepted("run", "--overwrite=FALSE").values().text(Option.OVERWRITE))
                .contains("false");
        assertThat(accepted("run", "--overwrite=false").values().origin(Option.OVERWRITE))
                .isEqualTo("--overwrite");
        assertThat(accepted("run", "--keep-scratch=true", "--no-overwrite")
                        .values()
                        .text(Option.KEEP_SCRATCH))
                .contains("true");
        assertThat(refused("run", "--overwrite=maybe")).contains("--overwrite").contains("maybe");
        assertThat(refused("run", "--overwrite", "false")).contains("false");
        assertThat(refused("run", "--overwrite=true", "--no-overwrite")).contains("only once");
    }
}
