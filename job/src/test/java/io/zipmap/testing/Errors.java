package io.zipmap.testing;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import java.util.Optional;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Finds the named error of a call, however deep Spark has wrapped it. */
public final class Errors {
    private Errors() {}

    /** Fails unless {@code call} ends with a named error of this condition. */
    public static ZipmapException named(Condition condition, ThrowingCallable call) {
        Throwable thrown = Assertions.catchThrowable(call);
        ZipmapException error = find(thrown)
                .orElseThrow(() -> new AssertionError("expected " + condition + ", got: " + thrown, thrown));
        Assertions.assertThat(error.condition()).as(error.getMessage()).isEqualTo(condition);
        return error;
    }

    private static Optional<ZipmapException> find(Throwable thrown) {
        for (Throwable e = thrown; e != null; e = e.getCause()) {
            if (e instanceof ZipmapException) {
                return Optional.of((ZipmapException) e);
            }
        }
        return Optional.empty();
    }
}
