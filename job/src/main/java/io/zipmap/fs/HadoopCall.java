package io.zipmap.fs;

import io.zipmap.IoRunnable;
import io.zipmap.IoSupplier;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Calls a Hadoop file system and turns its RuntimeExceptions into IOExceptions. Some third-party file systems throw
 * them for a failed request. The call must contain no code of zipmap, so that a bug of zipmap is not taken for such a
 * failure.
 */
final class HadoopCall {
    private HadoopCall() {}

    static <T> T get(IoSupplier<T> call) throws IOException {
        try {
            return call.get();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (RuntimeException e) {
            throw new Fault(e);
        }
    }

    static void run(IoRunnable call) throws IOException {
        get(() -> {
            call.run();
            return Boolean.TRUE;
        });
    }

    /** An unchecked exception of a file system. */
    static final class Fault extends IOException {
        private static final long serialVersionUID = 1L;

        Fault(RuntimeException cause) {
            super(cause.toString(), cause);
        }
    }
}
