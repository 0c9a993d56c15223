package io.zipmap;

import java.io.IOException;

/** A {@link java.util.function.Consumer} that may throw an {@link IOException}. */
@FunctionalInterface
public interface IoConsumer<T> {
    void accept(T value) throws IOException;
}
