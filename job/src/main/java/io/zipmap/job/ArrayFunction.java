package io.zipmap.job;

import io.zipmap.mapped.MappedArray;
import io.zipmap.store.ArrayRecord;
import java.io.IOException;
import java.io.Serializable;

/**
 * A user's function over one mapped array. It runs on the node that holds the array. Its result crosses to other
 * processes, so it must not be the array itself.
 *
 * @param <R> the result, serialisable
 */
@FunctionalInterface
public interface ArrayFunction<R> extends Serializable {
    /**
     * Called again, with a new mapping, if the array is healed while the function reads it.
     *
     * @param record describes and locates the array
     * @param array mapped memory, closed when this returns
     */
    R apply(ArrayRecord record, MappedArray array) throws IOException;
}
