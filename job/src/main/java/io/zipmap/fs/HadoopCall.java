package io.zipmap.fs;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * One call of a Hadoop file system. Anyone may write one, and some answer with a RuntimeException: that is a failure of
 * what was asked for, and becomes an IOException here. Nothing of ours may run in a call, so that a bug of ours stays
 * one.
 */
final class HadoopCall {
    private HadoopCall() {}

    interface Call<T> {
        T get() throws IOException;
    }

    interface Deed {
        void run() throws IOException;
    }

    static <T> T of(Call<T> call) throws IOException {
        try {
            return call.get();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (RuntimeException e) {
            throw new Fault(e);
        }
    }

    static void run(Deed deed) throws IOException {
        of(() -> {
            deed.run();
            return Boolean.TRUE;
        });
    }

    /** A file system that failed in a way that it does not declare. */
    static final class Fault extends IOException {
        private static final long serialVersionUID = 1L;

        Fault(RuntimeException cause) {
            super(cause.toString(), cause);
        }
    }
}
