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
 * The slices of persisted records, a partition a {@link MapSplit}. A partition of records with much to read is several
 * pieces, which all read the same persisted block and so all prefer the executor that holds it, where the files are:
 * one big array uses every core without a shuffle and without leaving its node. Small partitions of one host are one
 * piece, which spares tasks.
 */
final class SlicedRecords extends RDD<Slice> {
    private static final long serialVersionUID = 1L;

    private static final ClassTag<Slice> SLICE = ClassTag$.MODULE$.apply(Slice.class);
    private static final ClassTag<ExtractOutcome> OUTCOME = ClassTag$.MODULE$.apply(ExtractOutcome.class);

    private final transient List<MapSplit> pieces;
    private final SliceRules slicing;

    SlicedRecords(RDD<ExtractOutcome> records, List<MapSplit> pieces, SliceRules slicing) {
        super(records.context(), seq(List.of(new SameBlocks(records, pieces))), SLICE);
        this.pieces = List.copyOf(pieces);
        this.slicing = slicing;
    }

    private static <T> Seq<T> seq(List<T> list) {
        return CollectionConverters.asScala(list).toList();
    }

    @Override
    public Partition[] getPartitions() {
        Partition[] parents = firstParent(OUTCOME).partitions();
        return IntStream.range(0, pieces.size())
                .mapToObj(i -> new PiecePartition(i, pieces.get(i), parents))
                .toArray(Partition[]::new);
    }

    @Override
    public scala.collection.Iterator<Slice> compute(Partition partition, TaskContext context) {
        return CollectionConverters.asScala(new PieceIterator((PiecePartition) partition, context));
    }

    private static final class PiecePartition implements Partition {
        private static final long serialVersionUID = 1L;

        private final int index;
        private final MapSplit piece;
        private final Partition[] parents;

        PiecePartition(int index, MapSplit piece, Partition[] all) {
            this.index = index;
            this.piece = piece;
            this.parents =
                    Arrays.stream(piece.partitions()).mapToObj(i -> all[i]).toArray(Partition[]::new);
        }

        @Override
        public int index() {
            return index;
        }
    }

    private final class PieceIterator implements Iterator<Slice> {
        private final MapSplit piece;
        private final Iterator<Partition> parents;
        private final TaskContext context;
        private Iterator<ExtractOutcome> outcomes = Collections.emptyIterator();
        private Iterator<Slice> slices = Collections.emptyIterator();
        private long position;
        private @Nullable Slice next;

        PieceIterator(PiecePartition partition, TaskContext context) {
            this.piece = partition.piece;
            this.parents = List.of(partition.parents).iterator();
            this.context = context;
        }

        @Override
        public boolean hasNext() {
            while (next == null && (slices.hasNext() || outcomes.hasNext() || parents.hasNext())) {
                if (slices.hasNext()) {
                    Slice slice = slices.next();
                    next = piece.holds(position) ? slice : null;
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

    /** A piece depends on its own partitions alone. */
    private static final class SameBlocks extends NarrowDependency<ExtractOutcome> {
        private static final long serialVersionUID = 1L;

        private final transient List<MapSplit> pieces;

        SameBlocks(RDD<ExtractOutcome> records, List<MapSplit> pieces) {
            super(records);
            this.pieces = List.copyOf(pieces);
        }

        @Override
        public Seq<Object> getParents(int partition) {
            return seq(Arrays.stream(pieces.get(partition).partitions())
                    .<Object>mapToObj(i -> i)
                    .toList());
        }
    }
}
