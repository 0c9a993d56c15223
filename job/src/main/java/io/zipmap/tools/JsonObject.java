package io.zipmap.tools;

import io.zipmap.Printable;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Writes one JSON object (RFC 8259) on one line, which a terminal can show as it is. One thread. */
final class JsonObject {
    private final StringBuilder text = new StringBuilder("{");

    JsonObject text(String name, @Nullable String value) {
        return member(name, value == null ? null : quoted(value));
    }

    /** @param value a number or a boolean */
    JsonObject value(String name, @Nullable Object value) {
        return member(name, value == null ? null : value.toString());
    }

    JsonObject array(String name, long @Nullable [] values) {
        return member(name, values == null ? null : Arrays.toString(values).replace(" ", ""));
    }

    private JsonObject member(String name, @Nullable String value) {
        text.append(text.length() == 1 ? "" : ",")
                .append(quoted(name))
                .append(':')
                .append(value == null ? "null" : value);
        return this;
    }

    /** Escapes control characters as {@link Printable} does, in the form that is also JSON's. */
    private static String quoted(String value) {
        return '"' + Printable.of(value.replace("\\", "\\\\").replace("\"", "\\\"")) + '"';
    }

    @Override
    public String toString() {
        return text + "}";
    }
}
