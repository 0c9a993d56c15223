package io.zipmap;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An error with a named {@link Condition}. Its message reads {@code [ZIPMAP_CONDITION] Cannot do: value; archive: …;
 * entry: …; expected: …; actual: …. What to do.} Lower packages set what they know, and callers add archive and entry.
 * Texts name options by {@link OptionSpelling#mention}. The message contains no credentials of a URI and no control
 * characters. Immutable: each setter returns a copy.
 */
public final class ZipmapException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Limit on one value in a message. */
    private static final int MAX_CHARS = 1000;

    private static final String PROBLEM = "problem";
    private static final String ADVICE = "advice";

    private final Condition condition;
    private final String what;
    private final @Nullable String archive;
    private final @Nullable String entry;
    private final @Nullable String expected;
    private final @Nullable String actual;
    private final @Nullable String advice;

    /** @param what one clause without a full stop, {@code Cannot … : value} */
    public ZipmapException(Condition condition, String what) {
        this(condition, what, null, null, null, null, null, null);
    }

    ZipmapException(
            Condition condition,
            String what,
            @Nullable String archive,
            @Nullable String entry,
            @Nullable String expected,
            @Nullable String actual,
            @Nullable String advice,
            @Nullable Throwable cause) {
        super(null, cause);
        this.condition = condition;
        this.what = what;
        this.archive = archive;
        this.entry = entry;
        this.expected = expected;
        this.actual = actual;
        this.advice = advice;
    }

    public ZipmapException archive(String uri) {
        return new ZipmapException(condition, what, uri, entry, expected, actual, advice, cause());
    }

    public ZipmapException entry(@Nullable String name) {
        return new ZipmapException(condition, what, archive, name, expected, actual, advice, cause());
    }

    public ZipmapException expected(Object value) {
        return new ZipmapException(condition, what, archive, entry, value.toString(), actual, advice, cause());
    }

    public ZipmapException actual(Object value) {
        return new ZipmapException(condition, what, archive, entry, expected, value.toString(), advice, cause());
    }

    /** @param sentence what the user can do, as a whole sentence */
    public ZipmapException advice(String sentence) {
        return new ZipmapException(condition, what, archive, entry, expected, actual, sentence, cause());
    }

    public ZipmapException because(Throwable cause) {
        return new ZipmapException(condition, what, archive, entry, expected, actual, advice, cause);
    }

    /** A copy whose message starts with {@code newWhat}, with this exception as its cause. */
    public ZipmapException rephrased(String newWhat) {
        return new ZipmapException(condition, newWhat, archive, entry, expected, actual, advice, this);
    }

    /** The content without the cause, to send to another process. */
    public ErrorDetails details() {
        return new ErrorDetails(condition, what, archive, entry, expected, actual, advice);
    }

    public Condition condition() {
        return condition;
    }

    public @Nullable String archive() {
        return archive;
    }

    public @Nullable String entry() {
        return entry;
    }

    /** The message with options as the command line spells them. */
    @Override
    public String getMessage() {
        return message(OptionSpelling.COMMAND_LINE);
    }

    /** The message for a reader who spells options so. */
    public String message(OptionSpelling spelling) {
        Map<String, String> parts = parameters(spelling);
        StringBuilder text =
                new StringBuilder("[").append(condition.label()).append("] ").append(parts.remove(PROBLEM));
        String last = parts.remove(ADVICE);
        parts.forEach(
                (name, value) -> text.append("; ").append(name).append(": ").append(value));
        text.append('.');
        if (last != null) {
            text.append(' ').append(last);
        }
        return text.toString();
    }

    /** The parts of the message by their names, for a reader who spells options so. The caller owns the map. */
    public Map<String, String> parameters(OptionSpelling spelling) {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put(PROBLEM, shown(spelling.apply(what)));
        put(parts, "archive", archive == null ? null : Credentials.hideAll(PlainPath.of(archive)));
        put(parts, "entry", entry);
        put(parts, "expected", expected == null ? null : spelling.apply(expected));
        put(parts, "actual", actual == null ? null : spelling.apply(actual));
        if (advice != null) {
            parts.put(ADVICE, spelling.apply(advice));
        }
        return parts;
    }

    private static void put(Map<String, String> parts, String name, @Nullable String value) {
        if (value != null) {
            parts.put(name, shown(shortened(value)));
        }
    }

    /** Shortens a value: an entry name may have 65 535 bytes. */
    private static String shortened(String value) {
        return value.length() <= MAX_CHARS
                ? value
                : value.substring(0, MAX_CHARS - 100) + "… (" + value.length() + " characters)";
    }

    private static String shown(String text) {
        return Printable.of(Credentials.hide(text));
    }

    private @Nullable Throwable cause() {
        return super.getCause();
    }
}
