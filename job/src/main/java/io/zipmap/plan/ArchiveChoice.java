package io.zipmap.plan;

import io.zipmap.archive.ArchiveRef;
import java.io.IOException;
import org.apache.spark.api.java.JavaRDD;

/** Says which of the archives that were listed are to be done. */
@FunctionalInterface
public interface ArchiveChoice {
    /**
     * @param listed each archive once
     * @return some of them; to be computed as often as they are asked for, with the same result
     */
    JavaRDD<ArchiveRef> of(JavaRDD<ArchiveRef> listed) throws IOException;
}
