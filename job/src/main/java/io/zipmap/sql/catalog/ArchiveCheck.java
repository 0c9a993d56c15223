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

/** Looks whether the archives that a query speaks of are there in the versions that are known. */
public interface ArchiveCheck {
    /** The rows that a query has selected. */
    @FunctionalInterface
    interface Rows {
        void each(IoConsumer<ArraySlice> consumer) throws IOException;
    }

    /** A listing has just seen them. */
    ArchiveCheck LISTED = selected -> {};

    /** @throws io.zipmap.ZipmapException {@code SOURCE_MISSING}, {@code SOURCE_CHANGED} */
    void check(Rows selected) throws IOException;

    /** Asks for each archive: few on the driver, many by a job of Spark. Immutable. */
    final class OfEach implements ArchiveCheck, FlatMapFunction<Iterator<ArchiveRef>, ErrorDetails>, Serializable {
        private static final long serialVersionUID = 1L;

        private static final int FEW = 256;

        private final StoreAccess access;

        OfEach(StoreAccess access) {
            this.access = access;
        }

        @Override
        public void check(Rows selected) throws IOException {
            Set<ArchiveRef> archives = new LinkedHashSet<>();
            selected.each(piece -> archives.add(piece.array().archive()));
            if (archives.size() <= FEW) {
                check(archives.iterator());
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
                check(archives);
                return Collections.emptyIterator();
            } catch (ZipmapException e) {
                return List.of(e.details()).iterator();
            }
        }

        private void check(Iterator<ArchiveRef> archives) throws IOException {
            Sources sources = access.sources();
            while (archives.hasNext()) {
                sources.requireSame(archives.next());
            }
        }
    }
}
