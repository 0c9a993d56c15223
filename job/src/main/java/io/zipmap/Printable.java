package io.zipmap;

/** Text from outside, made safe to show: control characters, ANSI escapes and bidirectional overrides become escapes. */
public final class Printable {
    private Printable() {}

    /** @return {@code text} with everything a terminal could act on written as a {@code \}{@code uXXXX} escape */
    public static String of(String text) {
        if (text.chars().noneMatch(Printable::acts)) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length() + 16);
        text.chars().forEach(c -> {
            if (acts(c)) {
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
