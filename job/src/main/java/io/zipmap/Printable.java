package io.zipmap;

import java.util.function.IntPredicate;

/**
 * Text from outside, made safe to show: control characters, ANSI escapes and bidirectional overrides become escapes.
 */
public final class Printable {
    private Printable() {}

    /** @return {@code text} with everything a terminal could act on written as a {@code \}{@code uXXXX} escape */
    public static String of(String text) {
        return of(text, Printable::acts);
    }

    /** As {@link #of(String)}, of a text that may have tabs and lines. */
    public static String ofLines(String text) {
        return of(text, c -> acts(c) && c != '\t' && c != '\n');
    }

    private static String of(String text, IntPredicate escaped) {
        if (text.chars().noneMatch(escaped)) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length() + 16);
        text.chars().forEach(c -> {
            if (escaped.test(c)) {
                out.append(String.format("\\u%04x", c));
            } else {
                out.append((char) c);
            }
        });
        return out.toString();
    }

    private static boolean acts(int c) {
        int type = Character.getType(c);
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }
}
