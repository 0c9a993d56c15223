package io.zipmap.array;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Parser for the Python literals that numpy writes into .npy headers: dictionaries with string keys, lists, tuples,
 * strings, integers (also with Python 2's {@code L}), True and False. Anything else is an error.
 */
final class PythonLiteral {
    /** Limit on nesting: a hostile header must not exhaust the stack. */
    private static final int MAX_DEPTH = 32;

    private static final char END = '\0';

    /** A tuple. It differs from a list because numpy accepts only a tuple as a shape. */
    record Tuple(List<Object> items) {
        @Override
        public String toString() {
            String inner = items.stream().map(PythonLiteral::show).collect(Collectors.joining(", "));
            return items.size() == 1 ? "(" + inner + ",)" : "(" + inner + ")";
        }
    }

    private final String text;
    private int at;

    private PythonLiteral(String text) {
        this.text = text;
    }

    /**
     * @return a {@code Map<String, Object>}, {@code List}, {@link Tuple}, {@code String}, {@code Long} or
     *     {@code Boolean}
     */
    static Object parse(String text) throws ZipmapException {
        PythonLiteral parser = new PythonLiteral(text);
        Object value = parser.value(0);
        parser.peek();
        if (parser.at < text.length()) {
            throw parser.unexpected("the end");
        }
        return value;
    }

    private Object value(int depth) throws ZipmapException {
        if (depth > MAX_DEPTH) {
            throw unexpected("at most " + MAX_DEPTH + " levels");
        }
        char c = peek();
        if (c == '{') {
            return dictionary(depth);
        } else if (c == '[') {
            return items(']', depth).list;
        } else if (c == '(') {
            Items items = items(')', depth);
            // In Python the comma makes the tuple: (3) is the number 3.
            return items.list.size() == 1 && !items.comma ? items.list.get(0) : new Tuple(items.list);
        } else if (c == '\'' || c == '"') {
            return string();
        } else if (c == 'u' && at + 1 < text.length() && "'\"".indexOf(text.charAt(at + 1)) >= 0) {
            at++;
            return string();
        } else if (c == '-' || isDigit(c)) {
            return number();
        }
        return word();
    }

    private Map<String, Object> dictionary(int depth) throws ZipmapException {
        Map<String, Object> map = new LinkedHashMap<>();
        at++;
        while (peek() != '}') {
            if (!(value(depth + 1) instanceof String key)) {
                throw unexpected("a string as key");
            }
            if (!accept(':')) {
                throw unexpected("a colon");
            }
            if (map.put(key, value(depth + 1)) != null) {
                throw unexpected("no second " + key);
            }
            if (!accept(',') && peek() != '}') {
                throw unexpected("a comma or }");
            }
        }
        at++;
        return map;
    }

    private record Items(List<Object> list, boolean comma) {}

    private Items items(char close, int depth) throws ZipmapException {
        List<Object> list = new ArrayList<>();
        boolean comma = false;
        at++;
        while (peek() != close) {
            list.add(value(depth + 1));
            comma = accept(',');
            if (!comma && peek() != close) {
                throw unexpected("a comma or " + close);
            }
        }
        at++;
        return new Items(list, comma);
    }

    private String string() throws ZipmapException {
        char quote = text.charAt(at++);
        StringBuilder out = new StringBuilder();
        while (at < text.length() && text.charAt(at) != quote && text.charAt(at) != '\n') {
            char c = text.charAt(at++);
            out.appendCodePoint(c == '\\' ? escaped() : c);
        }
        if (at == text.length() || text.charAt(at) != quote) {
            throw unexpected("a closing quote");
        }
        at++;
        return out.toString();
    }

    private int escaped() throws ZipmapException {
        char c = at < text.length() ? text.charAt(at++) : END;
        int digits = c == 'x' ? 2 : c == 'u' ? 4 : c == 'U' ? 8 : 0;
        if (digits > 0 && at + digits <= text.length()) {
            int code = 0;
            for (int i = 0; i < digits; i++) {
                int digit = Character.digit(text.charAt(at++), 16);
                if (digit < 0) {
                    throw unexpected("a hexadecimal digit");
                }
                code = code * 16 + digit;
                if (code > Character.MAX_CODE_POINT) {
                    throw unexpected("a code point");
                }
            }
            return code;
        }
        int known = "\\'\"ntr".indexOf(c);
        if (known < 0) {
            throw unexpected("a known escape");
        }
        return "\\'\"\n\t\r".charAt(known);
    }

    private Long number() throws ZipmapException {
        int start = at;
        at += text.charAt(at) == '-' ? 1 : 0;
        int first = at;
        while (at < text.length() && isDigit(text.charAt(at))) {
            at++;
        }
        String digits = text.substring(start, at);
        boolean leadingZero = at - first > 1 && text.charAt(first) == '0';
        if (at == first || leadingZero) {
            throw unexpected("a whole number");
        }
        if (at < text.length() && text.charAt(at) == 'L') {
            at++;
        }
        if (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || "._".indexOf(text.charAt(at)) >= 0)) {
            throw unexpected("a whole number");
        }
        try {
            return Long.valueOf(digits);
        } catch (NumberFormatException e) {
            throw unexpected("a number below 2^63").because(e);
        }
    }

    private Boolean word() throws ZipmapException {
        int start = at;
        while (at < text.length() && Character.isLetter(text.charAt(at))) {
            at++;
        }
        String word = text.substring(start, at);
        if (!word.equals("True") && !word.equals("False")) {
            at = start;
            throw unexpected("a literal");
        }
        return word.equals("True");
    }

    /** The next character after white space, without consuming it; {@link #END} at the end. */
    private char peek() {
        while (at < text.length() && " \t\r\n\f".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at < text.length() ? text.charAt(at) : END;
    }

    private boolean accept(char c) {
        boolean found = peek() == c;
        at += found ? 1 : 0;
        return found;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private ZipmapException unexpected(String wanted) {
        String rest = text.substring(Math.min(at, text.length()), Math.min(at + 40, text.length()));
        return new ZipmapException(Condition.HEADER_INVALID, "Invalid .npy header: cannot read it at character " + at)
                .expected(wanted)
                .actual(rest.isEmpty() ? "the end" : rest);
    }

    private static String show(@Nullable Object value) {
        return value instanceof String text ? quoted(text) : String.valueOf(value);
    }

    /** The literal of a string, as Python's {@code repr} writes it: unprintable characters are escaped. */
    static String quoted(String text) {
        char quote = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
        StringBuilder out = new StringBuilder().append(quote);
        text.codePoints().forEach(c -> {
            int simple = "\n\t\r".indexOf(c);
            if (c == '\\' || c == quote) {
                out.append('\\').append((char) c);
            } else if (simple >= 0) {
                out.append('\\').append("ntr".charAt(simple));
            } else if (isPrintable(c)) {
                out.appendCodePoint(c);
            } else {
                out.append(String.format(c < 0x100 ? "\\x%02x" : c < 0x10000 ? "\\u%04x" : "\\U%08x", c));
            }
        });
        return out.append(quote).toString();
    }

    private static boolean isPrintable(int c) {
        return c == ' '
                || switch (Character.getType(c)) {
                    case Character.CONTROL,
                            Character.FORMAT,
                            Character.SURROGATE,
                            Character.PRIVATE_USE,
                            Character.UNASSIGNED,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR,
                            Character.SPACE_SEPARATOR -> false;
                    default -> true;
                };
    }
}
