package io.zipmap.store;

import java.io.IOException;

/**
 * Reads one mapped array.
 *
 * @param <R> what it makes of it
 */
@FunctionalInterface
public interface ArrayReader<R> {
    /** May be called again, from the start, when the array had to be healed meanwhile. */
    R read(MappedArray array) throws IOException;
}
