package io.zipmap.job;

import io.zipmap.plan.StoreAccess;
import io.zipmap.store.ArrayRecord;
import io.zipmap.store.ArrayStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import org.apache.spark.api.java.function.FlatMapFunction;
import scala.jdk.javaapi.CollectionConverters;

/** Calls the user's {@link ArrayFunction} with each array of a partition, mapped. */
final class ArrayFunctionTask<R> implements FlatMapFunction<Iterator<ArrayRecord>, R> {
    private static final long serialVersionUID = 1L;

    private final StoreAccess access;
    private final ArrayFunction<R> function;

    ArrayFunctionTask(StoreAccess access, ArrayFunction<R> function) {
        this.access = access;
        this.function = function;
    }

    @Override
    public Iterator<R> call(Iterator<ArrayRecord> records) throws IOException {
        ArrayStore store = access.store();
        return CollectionConverters.asJava(CollectionConverters.asScala(records).map(record -> apply(store, record)));
    }

    private R apply(ArrayStore store, ArrayRecord record) {
        try {
            return store.read(record, (array, heals) -> function.apply(record, array));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
