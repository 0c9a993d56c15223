package io.zipmap.plan;

import io.zipmap.archive.ArchiveRef;
import java.util.List;
import org.apache.spark.Partition;
import org.apache.spark.TaskContext;
import org.apache.spark.rdd.RDD;
import scala.collection.Iterator;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * The planned archives, each task of them on a host of its own choice. Left alone, Spark would send the tasks of the
 * extract stage to the few hosts that listed the archives, because a shuffle's output lies there; but what they read
 * lies elsewhere, and what they write should fill every disk. The choice is stable: the same plan on the same hosts
 * extracts everything where it did before. For a host that is lost another one is chosen, so that all tasks that read
 * one array go where it is extracted again, once.
 */
final class SpreadArchives extends RDD<ArchiveRef> {
    private static final long serialVersionUID = 1L;

    private static final ClassTag<ArchiveRef> ARCHIVE = ClassTag$.MODULE$.apply(ArchiveRef.class);

    private final transient List<String> hosts;

    SpreadArchives(RDD<ArchiveRef> archives) {
        super(archives, ARCHIVE);
        this.hosts = ExecutorHosts.of(archives.context());
    }

    @Override
    public Seq<String> getPreferredLocations(Partition partition) {
        List<String> alive = ExecutorHosts.of(context());
        return CollectionConverters.asScala(choose(hosts, alive, partition.index()))
                .toList();
    }

    /** One of those that were there at first, if it still is, else of those that are; none where there is none. */
    static List<String> choose(List<String> first, List<String> alive, int index) {
        if (alive.isEmpty()) {
            return List.of();
        }
        String host = first.isEmpty() ? "" : first.get(index % first.size());
        return List.of(alive.contains(host) ? host : alive.get(index % alive.size()));
    }

    @Override
    public Partition[] getPartitions() {
        return firstParent(ARCHIVE).partitions();
    }

    @Override
    public Iterator<ArchiveRef> compute(Partition partition, TaskContext context) {
        return firstParent(ARCHIVE).iterator(partition, context);
    }
}
