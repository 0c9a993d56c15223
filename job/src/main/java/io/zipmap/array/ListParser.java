package io.zipmap.array;

import io.zipmap.ZipmapException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A list of words in one text: between commas, or as Python and JSON write a list: {@code ['a', 'b']}, {@code ("a",
 * "b")}.
 */
public final class ListParser {
    private static final String OPENING = "[(";

    private ListParser() {}

    /** The words, without space around them; an empty one stands between two commas. */
    public static List<String> of(String text) {
        String stripped = text.strip();
        boolean opens = !stripped.isEmpty() && OPENING.indexOf(stripped.charAt(0)) >= 0;
        return (opens ? literal(stripped) : Optional.<List<String>>empty())
                .orElseGet(() ->
                        Arrays.stream(text.split(",", -1)).map(String::strip).toList());
    }

    /** Empty for what only begins like one: a bracket is a letter like any other in a word. */
    private static Optional<List<String>> literal(String text) {
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
