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
 * An RDD of the planned archives that prefers a host for each task and spreads the tasks over all hosts. Without it,
 * Spark prefers the few hosts that listed the archives, because they store the shuffle output; the tasks would then
 * fill the scratch of those hosts only. The choice is stable: the same plan on the same hosts prefers the same host for
 * each task. A lost host is replaced by one other host, so that an array is extracted again only once.
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

    /**
     * Chooses the host of a task.
     *
     * @param first the hosts at planning time
     * @param alive the hosts now
     * @return the host chosen at planning time if it is alive, else another one; empty if there are no executors
     */
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
