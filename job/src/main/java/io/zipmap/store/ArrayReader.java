package io.zipmap.store;

import io.zipmap.mapped.MappedArray;
import java.io.IOException;

/**
 * Reads one mapped array and returns a result.
 *
 * @param <R> type of the result
 */
@FunctionalInterface
public interface ArrayReader<R> {
    /**
     * Reads the array. Called again, from the start, if the array had to be healed meanwhile.
     *
     * @param array open only until this returns
     * @param heals how often the file was healed for this read; 0 if it was sound
     */
    R read(MappedArray array, int heals) throws IOException;
}
