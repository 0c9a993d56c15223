package io.zipmap.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import io.zipmap.Credentials;
import io.zipmap.IoConsumer;
import java.io.IOException;
import java.io.StringWriter;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON that may stand inside an element {@code script} of a page: it has ASCII characters alone, and none that
 * HTML gives a meaning.
 */
final class ReportJson {
    private static final int LAST_ASCII = 127;

    private ReportJson() {}

    /** The text of the object whose fields the consumer writes. */
    static String text(IoConsumer<JsonGenerator> fields) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.setCharacterEscapes(new InHtml());
            json.setHighestNonEscapedChar(LAST_ASCII);
            json.writeStartObject();
            fields.accept(json);
            json.writeEndObject();
        }
        return text.toString();
    }

    /** Writes a text of the user or of an archive, without the secrets of its URIs. */
    static void text(JsonGenerator json, String name, @Nullable String value) throws IOException {
        if (value == null) {
            json.writeNullField(name);
        } else {
            json.writeStringField(name, Credentials.hideAll(value));
        }
    }

    /** Writes a text of the user or of an archive into the current array, without the secrets of its URIs. */
    static void text(JsonGenerator json, @Nullable String value) throws IOException {
        json.writeString(value == null ? null : Credentials.hideAll(value));
    }

    static void number(JsonGenerator json, String name, OptionalLong value) throws IOException {
        if (value.isPresent()) {
            json.writeNumberField(name, value.getAsLong());
        } else {
            json.writeNullField(name);
        }
    }

    /** Writes a double. JSON has no number for NaN and infinities: they become texts. */
    static void number(JsonGenerator json, String name, OptionalDouble value) throws IOException {
        if (value.isEmpty()) {
            json.writeNullField(name);
        } else if (Double.isFinite(value.getAsDouble())) {
            json.writeNumberField(name, value.getAsDouble());
        } else {
            json.writeStringField(name, Double.toString(value.getAsDouble()));
        }
    }

    /** Escapes the characters of HTML as JSON escapes others. */
    private static final class InHtml extends CharacterEscapes {
        private static final long serialVersionUID = 1L;

        @Override
        public int[] getEscapeCodesForAscii() {
            int[] codes = standardAsciiEscapesForJSON();
            for (char c : new char[] {'<', '>', '&'}) {
                codes[c] = ESCAPE_STANDARD;
            }
            return codes;
        }

        @Override
        public @Nullable SerializableString getEscapeSequence(int c) {
            return null;
        }
    }
}
