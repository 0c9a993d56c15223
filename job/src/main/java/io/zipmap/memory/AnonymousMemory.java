package io.zipmap.memory;

import java.util.Optional;
import org.apache.spark.SparkContext;

/**
 * The anonymous memory of an application now.
 *
 * @param bytes the sum of RssAnon over the processes
 * @param processes those that were measured lately
 */
public record AnonymousMemory(long bytes, int processes) {
    /** Empty without {@link MemoryPlugin}, and where the system does not tell RssAnon. */
    public static Optional<AnonymousMemory> of(SparkContext spark) {
        return MemoryListener.of(spark)
                .map(MemoryListener::anonymousMemory)
                .filter(measured -> measured.processes() > 0);
    }
}
