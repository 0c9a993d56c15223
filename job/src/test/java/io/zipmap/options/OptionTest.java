package io.zipmap.options;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.testing.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OptionTest {
    private static final String FLAGS = """
            --input --output --naive --replace --overwrite --incremental --table-format \
            --entries --duplicates --dtype --shape --order --byte-order --table --columns --provenance --allowed-roots \
            --recursive-file-lookup --path-glob-filter --merge-schema --base-path --nanoseconds \
            --in-place --on-error --scratch --scratch-budget --keep-scratch --verify --slice-bytes --pack-bytes \
            --quantiles --max-columns --aggregate-on --max-anon-growth \
            --max-entry-bytes --max-archive-bytes --max-entries --max-header-chars --inflater --report \
            --sql --sql-output --result-format --json --count --container --method --values --seed \
            --all --dry-run --print-config --quiet --stacktrace\
            """;

    private static Stream<OptionTaker> takers() {
        return Stream.concat(Stream.of(Command.values()), Stream.of(OptionTaker.SOURCE));
    }

    @Test
    void flagsKeepTheirSpelling() {
        assertThat(Arrays.stream(Option.values()).map(Option::flag)).containsExactly(FLAGS.split(" "));
    }

    @ParameterizedTest
    @EnumSource
    void oneNameHasThreeSpellings(Option option) {
        String kebab = option.flag().substring(2);
        String camel = Arrays.stream(kebab.split("-"))
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining());
        camel = camel.substring(0, 1).toLowerCase(Locale.ROOT) + camel.substring(1);
        assertThat(option.optionName()).isEqualTo(camel);
        assertThat(option.property()).isEqualTo("spark.zipmap." + camel);
        assertThat(option.name().toLowerCase(Locale.ROOT).replace('_', '-')).isEqualTo(kebab);
    }

    @ParameterizedTest
    @EnumSource
    void everyOptionHasATakerAndAHelpText(Option option) {
        assertThat(takers().filter(option::isTakenBy)).isNotEmpty();
        assertThat(option.text()).matches(".*[.…]");
        assertThat(option.type().label()).isNotBlank();
    }

    @ParameterizedTest
    @EnumSource
    void commandsTakeEachOptionOnceAndHaveDefaultsOnlyForTheirOptions(Command command) throws IOException {
        assertThat(command.options())
                .doesNotHaveDuplicates()
                .containsAll(command.defaults().keySet());
        OptionValues.resolve(Map.of(), key -> null, command.defaults());
        assertThat(command.word()).matches("[a-z]+");
        assertThat(command.text()).endsWith(".");
    }

    @Test
    void theDocumentShowsTheGeneratedOptionTable() throws IOException {
        Path document = Repository.file("docs/options.md");
        assertThat(document).exists();
        List<String> lines = Files.readAllLines(document);
        int begin = lines.indexOf("<!-- options -->");
        int end = lines.indexOf("<!-- /options -->");
        assertThat(begin).as("<!-- options -->").isNotNegative();
        assertThat(end).as("<!-- /options -->").isGreaterThan(begin);
        List<String> shown = lines.subList(begin + 1, end);
        assertThat(shown.stream().filter(line -> !line.isBlank()))
                .containsExactlyElementsOf(OptionTable.markdown().lines().toList());
    }

    @ParameterizedTest
    @EnumSource
    void theTableHasOneRowOfFiveCellsForEachOption(Option option) {
        List<String> rows = OptionTable.markdown()
                .lines()
                .filter(line -> line.startsWith("| `" + option.flag() + "` |"))
                .toList();
        assertThat(rows).hasSize(1);
        assertThat(rows.get(0).split("(?<!\\\\)\\|")).hasSize(6);
    }

    @Test
    void theTableNamesDefaultsThatDifferByCommand() {
        assertThat(OptionTable.markdown())
                .contains("| `quarantine`; sql, source: `fail` |", "| generate: `float32` |")
                .contains("| `-1`; generate: `2000000,4` |");
    }

    @ParameterizedTest
    @EnumSource
    void aDefaultDiffersOnlyForATakerOfTheOption(Option option) throws IOException {
        assertThat(option.standard().exceptions()).allMatch(option::isTakenBy);
        for (Command command : Command.values()) {
            OptionValues values = OptionValues.resolve(Map.of(), key -> null, command.defaults());
            assertThat(values.text(option)).isEqualTo(option.defaultTextFor(command));
        }
        assertThat(SourceOptions.resolve(Map.of(), key -> null).text(option))
                .isEqualTo(option.defaultTextFor(OptionTaker.SOURCE));
    }
}
