package io.zipmap;

import java.io.IOException;

/** A {@link java.util.function.Supplier} that may throw an {@link IOException}. */
@FunctionalInterface
public interface IoSupplier<T> {
    T get() throws IOException;
}
