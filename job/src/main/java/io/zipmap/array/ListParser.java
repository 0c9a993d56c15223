package io.zipmap.array;

import io.zipmap.ZipmapException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Parses a list of words: separated by commas, or in the syntax of Python and JSON, as in {@code ['a', "b"]}. */
public final class ListParser {
    private static final String OPENING = "[(";

    private ListParser() {}

    /** The words, stripped of white space. Two commas in a row have an empty word between them. */
    public static List<String> parse(String text) {
        String stripped = text.strip();
        boolean opens = !stripped.isEmpty() && OPENING.indexOf(stripped.charAt(0)) >= 0;
        return (opens ? parseLiteral(stripped) : Optional.<List<String>>empty())
                .orElseGet(() ->
                        Arrays.stream(text.split(",", -1)).map(String::strip).toList());
    }

    /** Parses a literal. Empty if the text only starts like one, because a word may contain brackets. */
    private static Optional<List<String>> parseLiteral(String text) {
        try {
            Object value = PythonLiteral.parse(text);
            List<?> items = value instanceof PythonLiteral.Tuple tuple
                    ? tuple.items()
                    : value instanceof List<?> list ? list : List.of(value);
            List<String> words = new ArrayList<>();
            for (Object item : items) {
                if (!(item instanceof String || item instanceof Long)) {
                    return Optional.empty();
                }
                words.add(item.toString().strip());
            }
            return Optional.of(List.copyOf(words));
        } catch (ZipmapException e) {
            return Optional.empty();
        }
    }
}
