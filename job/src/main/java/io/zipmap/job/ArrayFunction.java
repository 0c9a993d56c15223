package io.zipmap.job;

import io.zipmap.mapped.MappedArray;
import io.zipmap.store.ArrayRecord;
import java.io.IOException;
import java.io.Serializable;

/**
 * A user's function over one mapped array. It runs where the array is; what it returns crosses to other processes, so
 * it returns a result and never the array.
 *
 * @param <R> the result, serialisable
 */
@FunctionalInterface
public interface ArrayFunction<R> extends Serializable {
    /**
     * @param record what and where the array is
     * @param array mapped memory, closed when this returns; a function may be called again for an array that had to be
     *     healed
     */
    R apply(ArrayRecord record, MappedArray array) throws IOException;
}
