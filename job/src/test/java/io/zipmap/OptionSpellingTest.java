package io.zipmap;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
}
