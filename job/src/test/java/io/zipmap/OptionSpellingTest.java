package io.zipmap;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.options.Option;
import io.zipmap.options.OptionTaker;
import io.zipmap.testing.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class OptionSpellingTest {
    private static ZipmapException error(String what, String advice) {
        return new ZipmapException(Condition.OPTION_INVALID, what).advice(advice);
    }

    @Test
    void aMessageShowsOptionsInTheSpellingOfItsReader() {
        ZipmapException error = error(
                "Invalid value of " + OptionSpelling.mention("maxEntries") + ": \uFDD0",
                "Use " + OptionSpelling.mention("entries", "x,y") + " or " + OptionSpelling.mention("shape", "-1,4")
                        + ".");
        assertThat(error)
                .hasMessage("[ZIPMAP_OPTION_INVALID] Invalid value of --max-entries: \uFDD0."
                        + " Use --entries x,y or --shape=-1,4.");
        assertThat(error.details().toException().message(OptionSpelling.DATA_SOURCE))
                .isEqualTo("[ZIPMAP_OPTION_INVALID] Invalid value of maxEntries: \uFDD0."
                        + " Use entries=x,y or shape=-1,4.");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            value = {"x*|--entries 'x*'", "a b|--entries 'a b'", "['a$']|--entries \"['a\\$']\"", "*|--entries '*'"},
            delimiter = '|')
    void theCommandLineQuotesWhatAShellWouldChange(String value, String shown) {
        assertThat(error("x", OptionSpelling.mention("entries", value))).hasMessageEndingWith(" " + shown);
    }

    /** The packages that the data source runs; the others serve the command line alone. */
    private static final List<String> OF_BOTH =
            List.of("array", "archive", "scratch", "mapped", "store", "stats", "options", "fs", "plan", "sql", ".");

    private static final Pattern LITERAL = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"");

    private static Map<Path, String> sourcesOfBoth() throws IOException {
        Path root = Repository.file("job/src/main/java/io/zipmap");
        Map<Path, String> texts = new TreeMap<>();
        for (String name : OF_BOTH) {
            try (Stream<Path> files = Files.walk(root.resolve(name), name.equals(".") ? 1 : 9)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    texts.put(root.relativize(file.normalize()), Files.readString(file));
                }
            }
        }
        assertThat(texts).hasSizeGreaterThan(100);
        return texts;
    }

    /** Help of the command line is in {@code Option}, and {@code OptionTable} and origins show the flag itself. */
    @Test
    void noMessageOfBothSpellsAnOptionItself() throws IOException {
        Map<Path, String> sources = sourcesOfBoth();
        sources.keySet().removeIf(file -> file.getFileName().toString().matches("Option(Table|Values|)\\.java"));
        List<String> flags = Stream.of(Option.values()).map(Option::flag).toList();
        List<String> spelled = new ArrayList<>();
        sources.forEach((file, text) -> {
            LITERAL.matcher(text)
                    .results()
                    .map(MatchResult::group)
                    .filter(literal -> flags.stream().anyMatch(literal::contains))
                    .forEach(literal -> spelled.add(file + ": " + literal));
            if (text.contains(".flag()")) {
                spelled.add(file + ": flag()");
            }
        });
        assertThat(spelled).isEmpty();
    }

    @Test
    void eachOptionThatAMessageOfBothMentionsIsOneOfBoth() throws IOException {
        Pattern mention = Pattern.compile("OptionSpelling\\s*\\.mention\\(\\s*\"(\\w+)\"");
        Set<String> mentioned = new TreeSet<>();
        for (String text : sourcesOfBoth().values()) {
            mention.matcher(text).results().forEach(found -> mentioned.add(found.group(1)));
        }
        assertThat(mentioned)
                .hasSizeGreaterThan(10)
                .isSubsetOf(OptionTaker.SOURCE.options().stream()
                        .map(Option::optionName)
                        .toList());
    }

    @ParameterizedTest
    @EnumSource
    void anOptionIsMentionedAsItsCallersSpellIt(Option option) {
        ZipmapException error = error("x", "Give " + option.mention() + " or " + option.mention("v") + ".");
        assertThat(error).hasMessageEndingWith("Give " + option.flag() + " or " + option.flag() + " v.");
        assertThat(error.message(OptionSpelling.DATA_SOURCE))
                .endsWith("Give " + option.optionName() + " or " + option.optionName() + "=v.");
    }
}
