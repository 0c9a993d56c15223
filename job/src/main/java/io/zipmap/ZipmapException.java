package io.zipmap;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A named error. Its message reads {@code [ZIPMAP_CONDITION] Cannot do: value; archive: …; entry: …; expected: …;
 * actual: …. What to do.} Low floors say what they know; each floor above adds where it happened. The message shows no
 * secret of a URI and nothing that a terminal acts on.
 */
public final class ZipmapException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Of one value in a message. */
    private static final int MOST_CHARS = 1000;

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

    /** @param sentence what to do, a whole sentence */
    public ZipmapException advice(String sentence) {
        return new ZipmapException(condition, what, archive, entry, expected, actual, sentence, cause());
    }

    public ZipmapException because(Throwable cause) {
        return new ZipmapException(condition, what, archive, entry, expected, actual, advice, cause);
    }

    /** The same error of a larger deed, with this one as its cause. */
    public ZipmapException instead(String deed) {
        return new ZipmapException(condition, deed, archive, entry, expected, actual, advice, this);
    }

    /** What crosses to another process in its place. */
    public ErrorDetails told() {
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

    @Override
    public String getMessage() {
        StringBuilder text =
                new StringBuilder("[").append(condition.label()).append("] ").append(shown(what));
        append(text, "archive", archive);
        append(text, "entry", entry);
        append(text, "expected", expected);
        append(text, "actual", actual);
        text.append('.');
        if (advice != null) {
            text.append(' ').append(advice);
        }
        return text.toString();
    }

    private static void append(StringBuilder text, String name, @Nullable String value) {
        if (value != null) {
            text.append("; ").append(name).append(": ").append(shown(shortened(value)));
        }
    }

    /** A name from an archive may have 65 535 bytes; a message shows how it begins. */
    private static String shortened(String value) {
        return value.length() <= MOST_CHARS
                ? value
                : value.substring(0, MOST_CHARS - 100) + "… (" + value.length() + " characters)";
    }

    private static String shown(String text) {
        return Printable.of(Credentials.hide(text));
    }

    private @Nullable Throwable cause() {
        return super.getCause();
    }
}
