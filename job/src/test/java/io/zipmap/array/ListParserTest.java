package io.zipmap.array;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListParserTest {
    /** What Python's {@code str} and {@code repr} make of a list and a tuple, JSON of an array, and people of both. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a,b",
                " a , b ",
                "['a', 'b']",
                "('a', 'b')",
                "[\"a\",\"b\"]",
                " [ 'a' ,\n'b', ] ",
                "[u'a', 'b']",
                "(\"a\", 'b')",
                "['\\x61', '\\u0062']"
            })
    void aListIsWrittenInManyWays(String text) {
        assertThat(ListParser.of(text)).containsExactly("a", "b");
    }

    @Test
    void wordsOfALiteralMayHoldCommasQuotesAndBrackets() {
        assertThat(ListParser.of("['x, y', \"it's\", 'm[0]']")).containsExactly("x, y", "it's", "m[0]");
        assertThat(ListParser.of("('one',)")).containsExactly("one");
        assertThat(ListParser.of("('one')")).containsExactly("one");
        assertThat(ListParser.of("[-1, 4]")).containsExactly("-1", "4");
        assertThat(ListParser.of("[]")).isEmpty();
    }

    @Test
    void whatIsNoLiteralIsWordsBetweenCommas() {
        assertThat(ListParser.of("")).isEqualTo(List.of(""));
        assertThat(ListParser.of("a,,b")).containsExactly("a", "", "b");
        assertThat(ListParser.of("[a,b]")).containsExactly("[a", "b]");
        assertThat(ListParser.of("(x),['y'")).containsExactly("(x)", "['y'");
        assertThat(ListParser.of("['a', None]")).containsExactly("['a'", "None]");
    }
}
