package io.zipmap.job.stats;

import io.zipmap.job.extract.ExtractOutcome;
import io.zipmap.job.extract.SliceRules;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.apache.spark.NarrowDependency;
import org.apache.spark.Partition;
import org.apache.spark.TaskContext;
import org.apache.spark.rdd.RDD;
import org.jspecify.annotations.Nullable;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * An RDD of the slices of persisted records, with one partition for each {@link MapSplit}. The splits of a big
 * partition of records all read its persisted block, so all prefer the executor that holds the block and the extracted
 * files. So one big array uses every core without a shuffle and without leaving its node.
 */
final class SlicedRecords extends RDD<Slice> {
    private static final long serialVersionUID = 1L;

    private static final ClassTag<Slice> SLICE = ClassTag$.MODULE$.apply(Slice.class);
    private static final ClassTag<ExtractOutcome> OUTCOME = ClassTag$.MODULE$.apply(ExtractOutcome.class);

    private final transient List<MapSplit> splits;
    private final SliceRules slicing;

    SlicedRecords(RDD<ExtractOutcome> records, List<MapSplit> splits, SliceRules slicing) {
        super(records.context(), seq(List.of(new SplitDependency(records, splits))), SLICE);
        this.splits = List.copyOf(splits);
        this.slicing = slicing;
    }

    private static <T> Seq<T> seq(List<T> list) {
        return CollectionConverters.asScala(list).toList();
    }

    @Override
    public Partition[] getPartitions() {
        Partition[] parents = firstParent(OUTCOME).partitions();
        return IntStream.range(0, splits.size())
                .mapToObj(i -> new SplitPartition(i, splits.get(i), parents))
                .toArray(Partition[]::new);
    }

    @Override
    public scala.collection.Iterator<Slice> compute(Partition partition, TaskContext context) {
        return CollectionConverters.asScala(new SplitIterator((SplitPartition) partition, context));
    }

    private static final class SplitPartition implements Partition {
        private static final long serialVersionUID = 1L;

        private final int index;
        private final MapSplit split;
        private final Partition[] parents;

        SplitPartition(int index, MapSplit split, Partition[] all) {
            this.index = index;
            this.split = split;
            this.parents =
                    Arrays.stream(split.partitions()).mapToObj(i -> all[i]).toArray(Partition[]::new);
        }

        @Override
        public int index() {
            return index;
        }
    }

    private final class SplitIterator implements Iterator<Slice> {
        private final MapSplit split;
        private final Iterator<Partition> parents;
        private final TaskContext context;
        private Iterator<ExtractOutcome> outcomes = Collections.emptyIterator();
        private Iterator<Slice> slices = Collections.emptyIterator();
        private long position;
        private @Nullable Slice next;

        SplitIterator(SplitPartition partition, TaskContext context) {
            this.split = partition.split;
            this.parents = List.of(partition.parents).iterator();
            this.context = context;
        }

        @Override
        public boolean hasNext() {
            while (next == null && (slices.hasNext() || outcomes.hasNext() || parents.hasNext())) {
                if (slices.hasNext()) {
                    Slice slice = slices.next();
                    next = split.holds(position) ? slice : null;
                    position += slice.bytes();
                } else if (outcomes.hasNext()) {
                    outcomes.next().record().ifPresent(record -> slices = new SliceCutter(record, slicing));
                } else {
                    outcomes = CollectionConverters.asJava(firstParent(OUTCOME).iterator(parents.next(), context));
                }
            }
            return next != null;
        }

        @Override
        public Slice next() {
            if (!hasNext() || next == null) {
                throw new NoSuchElementException();
            }
            Slice slice = next;
            next = null;
            return slice;
        }
    }

    /** A split depends on its own partitions of records only. */
    private static final class SplitDependency extends NarrowDependency<ExtractOutcome> {
        private static final long serialVersionUID = 1L;

        private final transient List<MapSplit> splits;

        SplitDependency(RDD<ExtractOutcome> records, List<MapSplit> splits) {
            super(records);
            this.splits = List.copyOf(splits);
        }

        @Override
        public Seq<Object> getParents(int partition) {
            return seq(Arrays.stream(splits.get(partition).partitions())
                    .<Object>mapToObj(i -> i)
                    .toList());
        }
    }
}
