package io.zipmap.mapped;

import java.io.IOException;

/**
 * Reads one mapped array.
 *
 * @param <R> what it makes of it
 */
@FunctionalInterface
public interface ArrayReader<R> {
    /**
     * May be called again, from the start, when the array had to be healed meanwhile.
     *
     * @param heals how often the array was made again for this read: 0 when it lay where its record says
     */
    R read(MappedArray array, int heals) throws IOException;
}
