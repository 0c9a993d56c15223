package io.zipmap;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * The content of a {@link ZipmapException} without its cause, as a value that crosses between processes. The exception
 * itself does not cross: Kryo cannot serialise every cause, and the receiver may lack its class. Immutable.
 */
public final class ErrorDetails implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Condition condition;
    private final String what;
    private final @Nullable String archive;
    private final @Nullable String entry;
    private final @Nullable String expected;
    private final @Nullable String actual;
    private final @Nullable String advice;

    ErrorDetails(
            Condition condition,
            String what,
            @Nullable String archive,
            @Nullable String entry,
            @Nullable String expected,
            @Nullable String actual,
            @Nullable String advice) {
        this.condition = condition;
        this.what = what;
        this.archive = archive;
        this.entry = entry;
        this.expected = expected;
        this.actual = actual;
        this.advice = advice;
    }

    public Condition condition() {
        return condition;
    }

    /** A new exception with the same message, to throw in this process. */
    public ZipmapException toException() {
        return new ZipmapException(condition, what, archive, entry, expected, actual, advice, null);
    }
}
