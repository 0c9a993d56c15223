package io.zipmap;

import java.util.function.IntPredicate;

/** Makes external text safe to print: escapes control characters, and so ANSI sequences and bidirectional overrides. */
public final class Printable {
    private Printable() {}

    /** Replaces each character that a terminal may interpret by a backslash, the letter u and four hex digits. */
    public static String of(String text) {
        return escape(text, Printable::isControl);
    }

    /** As {@link #of(String)}, but keeps tabs and line breaks. */
    public static String ofLines(String text) {
        return escape(text, c -> isControl(c) && c != '\t' && c != '\n');
    }

    private static String escape(String text, IntPredicate escaped) {
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

    private static boolean isControl(int c) {
        int type = Character.getType(c);
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }
}
