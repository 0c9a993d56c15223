package io.zipmap.array;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListParserTest {
    /** Lists as written by Python's {@code str} and {@code repr}, by JSON, and by people. */
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
        assertThat(ListParser.parse(text)).containsExactly("a", "b");
    }

    @Test
    void wordsOfALiteralMayContainCommasQuotesAndBrackets() {
        assertThat(ListParser.parse("['x, y', \"it's\", 'm[0]']")).containsExactly("x, y", "it's", "m[0]");
        assertThat(ListParser.parse("('one',)")).containsExactly("one");
        assertThat(ListParser.parse("('one')")).containsExactly("one");
        assertThat(ListParser.parse("[-1, 4]")).containsExactly("-1", "4");
        assertThat(ListParser.parse("[]")).isEmpty();
    }

    @Test
    void otherTextIsSplitAtCommas() {
        assertThat(ListParser.parse("")).isEqualTo(List.of(""));
        assertThat(ListParser.parse("a,,b")).containsExactly("a", "", "b");
        assertThat(ListParser.parse("[a,b]")).containsExactly("[a", "b]");
        assertThat(ListParser.parse("(x),['y'")).containsExactly("(x)", "['y'");
        assertThat(ListParser.parse("['a', None]")).containsExactly("['a'", "None]");
    }
}
