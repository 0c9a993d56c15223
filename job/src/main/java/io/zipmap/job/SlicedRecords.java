package io.zipmap.job;

import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.apache.spark.Dependency;
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
 * The slices of persisted records. A partition of records with much to read becomes several partitions, which all read
 * the same persisted block and so all prefer the executor that holds it, where the files are: one big array uses every
 * core without a shuffle and without leaving its node.
 */
final class SlicedRecords extends RDD<Slice> {
    private static final long serialVersionUID = 1L;

    private static final ClassTag<Slice> SLICE = ClassTag$.MODULE$.apply(Slice.class);
    private static final ClassTag<Outcome> OUTCOME = ClassTag$.MODULE$.apply(Outcome.class);

    private final int[] cuts;
    private final long[] bytes;
    private final int sliceBytes;
    private final boolean quantiles;

    /**
     * @param bytes of the arrays in each partition of {@code records}
     * @param cuts how many partitions each of them becomes, at least 1
     */
    SlicedRecords(RDD<Outcome> records, long[] bytes, int[] cuts, int sliceBytes, boolean quantiles) {
        super(records.context(), seq(new SameBlock(records, cuts)), SLICE);
        this.cuts = cuts.clone();
        this.bytes = bytes.clone();
        this.sliceBytes = sliceBytes;
        this.quantiles = quantiles;
    }

    private static Seq<Dependency<?>> seq(Dependency<?> dependency) {
        return CollectionConverters.<Dependency<?>>asScala(List.of(dependency)).toList();
    }

    @Override
    public Partition[] getPartitions() {
        Partition[] parents = firstParent(OUTCOME).partitions();
        Partition[] partitions = new Partition[Arrays.stream(cuts).sum()];
        int index = 0;
        for (int parent = 0; parent < parents.length; parent++) {
            long pieceBytes = Math.max(1, (bytes[parent] + cuts[parent] - 1) / cuts[parent]);
            for (int piece = 0; piece < cuts[parent]; piece++) {
                partitions[index] = new Piece(index, parents[parent], piece, cuts[parent], pieceBytes);
                index++;
            }
        }
        return partitions;
    }

    @Override
    public scala.collection.Iterator<Slice> compute(Partition partition, TaskContext context) {
        Piece piece = (Piece) partition;
        Iterator<Outcome> outcomes =
                CollectionConverters.asJava(firstParent(OUTCOME).iterator(piece.parent, context));
        return CollectionConverters.asScala(new PieceIterator(outcomes, piece));
    }

    /** Part of a partition of records: the slices that begin in the n-th share of its bytes. */
    private static final class Piece implements Partition {
        private static final long serialVersionUID = 1L;

        private final int index;
        private final Partition parent;
        private final int piece;
        private final int pieces;
        private final long pieceBytes;

        Piece(int index, Partition parent, int piece, int pieces, long pieceBytes) {
            this.index = index;
            this.parent = parent;
            this.piece = piece;
            this.pieces = pieces;
            this.pieceBytes = pieceBytes;
        }

        @Override
        public int index() {
            return index;
        }

        boolean holds(long position) {
            return Math.min(pieces - 1, position / pieceBytes) == piece;
        }
    }

    private final class PieceIterator implements Iterator<Slice> {
        private final Iterator<Outcome> outcomes;
        private final Piece piece;
        private Iterator<Slice> slices = Collections.emptyIterator();
        private long position;
        private @Nullable Slice next;

        PieceIterator(Iterator<Outcome> outcomes, Piece piece) {
            this.outcomes = outcomes;
            this.piece = piece;
        }

        @Override
        public boolean hasNext() {
            while (next == null && (slices.hasNext() || outcomes.hasNext())) {
                if (slices.hasNext()) {
                    Slice slice = slices.next();
                    next = piece.holds(position) ? slice : null;
                    position += slice.bytes();
                } else {
                    outcomes.next().record().ifPresent(record -> slices = new Slices(record, sliceBytes, quantiles));
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

    /** Every piece of a partition depends on that partition alone. */
    private static final class SameBlock extends NarrowDependency<Outcome> {
        private static final long serialVersionUID = 1L;

        private final int[] parentOf;

        SameBlock(RDD<Outcome> records, int[] cuts) {
            super(records);
            parentOf = IntStream.range(0, cuts.length)
                    .flatMap(parent -> IntStream.range(0, cuts[parent]).map(piece -> parent))
                    .toArray();
        }

        @Override
        public Seq<Object> getParents(int partition) {
            return CollectionConverters.<Object>asScala(List.of((Object) parentOf[partition]))
                    .toList();
        }
    }
}
