package io.zipmap.job.stats;

import io.zipmap.array.ColumnNames;
import io.zipmap.array.Leaf;
import io.zipmap.array.Shape;
import io.zipmap.store.ArrayRecord;
import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The key by which the statistics of all elements of an array are merged: one leaf of one array. Keys are equal if
 * archive, entry index and leaf are equal. Immutable.
 */
public final class LeafKey implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String archive;
    private final int entryIndex;
    private final @Nullable String entry;
    private final Shape shape;
    private final Leaf leaf;

    LeafKey(ArrayRecord record, Leaf leaf) {
        this.archive = record.archive().uri();
        this.entryIndex = record.entryIndex();
        this.entry = record.entry();
        this.shape = record.layout().shape();
        this.leaf = leaf;
    }

    /** The same text for all leaves of one array, and another for each other array. */
    public static String arrayKey(ArrayRecord record) {
        return arrayKey(record.archive().uri(), record.entryIndex());
    }

    String arrayKey() {
        return arrayKey(archive, entryIndex);
    }

    private static String arrayKey(String archive, int entryIndex) {
        return archive + "\0" + entryIndex;
    }

    public String archive() {
        return archive;
    }

    /** Null for a bare array. */
    @Nullable
    public String entry() {
        return entry;
    }

    public int entryIndex() {
        return entryIndex;
    }

    /** Name of the leaf without an index. */
    public String field() {
        return ColumnNames.ofField(leaf);
    }

    /** Number of rows of the whole array. */
    long rows() {
        return shape.rows();
    }

    /** Number of elements of the leaf in the whole array. */
    long elements() {
        return shape.elements() * leaf.elements();
    }

    /** Bytes of one element of the leaf. */
    int itemSize() {
        return leaf.dtype().itemSize();
    }

    /** Name of one column of the leaf. */
    String column(long index) {
        return ColumnNames.ofLeaf(shape, leaf, index);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LeafKey
                && leaf.equals(((LeafKey) other).leaf)
                && entryIndex == ((LeafKey) other).entryIndex
                && archive.equals(((LeafKey) other).archive);
    }

    @Override
    public int hashCode() {
        return Objects.hash(archive, entryIndex, leaf);
    }
}
