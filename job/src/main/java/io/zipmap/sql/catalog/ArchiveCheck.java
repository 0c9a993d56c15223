package io.zipmap.sql.catalog;

import io.zipmap.ErrorDetails;
import io.zipmap.IoConsumer;
import io.zipmap.ZipmapException;
import io.zipmap.archive.ArchiveRef;
import io.zipmap.fs.Sources;
import io.zipmap.plan.StoreAccess;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.SparkSession;

/** Checks that the archives of selected slices still exist in the versions that the inventory has. */
@FunctionalInterface
public interface ArchiveCheck {
    /** Checks nothing: for an inventory whose archives were listed by the same query. */
    ArchiveCheck NONE = slices -> {};

    /**
     * @param slices hands each selected slice to its argument
     * @throws io.zipmap.ZipmapException {@code SOURCE_MISSING}, {@code SOURCE_CHANGED}
     */
    void check(IoConsumer<IoConsumer<RowSlice>> slices) throws IOException;

    /** Asks the file system about each archive: a few on the driver, many by a Spark job. Immutable. */
    final class OfEach implements ArchiveCheck, FlatMapFunction<Iterator<ArchiveRef>, ErrorDetails>, Serializable {
        private static final long serialVersionUID = 1L;

        private static final int MAX_ON_DRIVER = 256;

        private final StoreAccess access;

        OfEach(StoreAccess access) {
            this.access = access;
        }

        @Override
        public void check(IoConsumer<IoConsumer<RowSlice>> slices) throws IOException {
            Set<ArchiveRef> archives = new LinkedHashSet<>();
            slices.accept(slice -> archives.add(slice.group().archive()));
            if (archives.size() <= MAX_ON_DRIVER) {
                requireSame(archives.iterator());
                return;
            }
            List<ErrorDetails> errors = JavaSparkContext.fromSparkContext(
                            SparkSession.active().sparkContext())
                    .parallelize(new ArrayList<>(archives))
                    .mapPartitions(this)
                    .collect();
            if (!errors.isEmpty()) {
                throw errors.get(0).toException();
            }
        }

        @Override
        public Iterator<ErrorDetails> call(Iterator<ArchiveRef> archives) throws IOException {
            try {
                requireSame(archives);
                return Collections.emptyIterator();
            } catch (ZipmapException e) {
                return List.of(e.details()).iterator();
            }
        }

        private void requireSame(Iterator<ArchiveRef> archives) throws IOException {
            Sources sources = access.sources();
            while (archives.hasNext()) {
                sources.requireSame(archives.next());
            }
        }
    }
}
