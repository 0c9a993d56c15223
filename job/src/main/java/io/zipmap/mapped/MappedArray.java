package io.zipmap.mapped;

import io.zipmap.array.ArrayLayout;
import io.zipmap.array.Dtype;
import io.zipmap.array.Leaf;
import io.zipmap.array.Shape;
import java.io.IOException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An array where it lies: a range of a file, of any length, read through windows of mapped memory. It is an owner of
 * maps and must be closed, but a view made by {@link #slice} or {@link #field} needs no closing: it ends with the array
 * it was made from.
 *
 * <p>An {@code index} counts elements as they lie in storage; a row and a column are logical, whatever the order. An
 * index outside the array is an IndexOutOfBoundsException. A conversion is exact, or it is an
 * UnsupportedOperationException that says what to read instead; only int64 and uint64 read as double go to the nearest
 * double. datetime64 and timedelta64 are read as the int64 counts that they are, {@link Dtype#NOT_A_TIME} among them.
 * Items that are composed of fields are read field by {@link #field}.
 *
 * <p>A file that is cut short while it is mapped makes reads throw {@code SCRATCH_DAMAGED}; what a bulk read has
 * already put into the target is then of no use. The advice is to heal, not to try again.
 *
 * <p>Threads may read at the same time; a {@link #close} waits for reads that run, and after it every read is an
 * IllegalStateException. Reads of single elements keep a few kilobytes of what lies around them, so threads, and walks
 * that leap, do better with a slice each. A bulk read has a fixed cost of about a microsecond: a thousand elements make
 * it small.
 *
 * <p>Serializable in name only: it refuses Java's serialisation and Kryo's, because only a record may cross.
 */
public final class MappedArray implements AutoCloseable, Serializable {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("UnusedVariable")
    private final SerializationGuard refusal = new SerializationGuard();

    private final transient MappedWindows windows;
    private final transient Elements elements;
    private final transient ArrayLayout layout;
    private final transient ItemOffsets items;
    private final transient ElementBytes bytes;
    private final transient @Nullable MappedArray whole;
    private final transient @Nullable Leaf leaf;
    private final transient long size;
    private final transient long rows;
    private final transient long columns;
    private final transient boolean rowMajor;

    /**
     * An array, or a view of one.
     *
     * @param whole of which this is a view
     * @param leaf of whose items this is; null when it is whole items
     */
    private MappedArray(
            MappedWindows windows,
            ArrayLayout layout,
            ItemOffsets items,
            ElementBytes bytes,
            @Nullable MappedArray whole,
            @Nullable Leaf leaf) {
        this.windows = windows;
        this.elements = Elements.of(layout.dtype());
        this.layout = layout;
        this.items = items;
        this.bytes = bytes;
        this.whole = whole;
        this.leaf = leaf;
        this.size = layout.shape().elements();
        this.rows = layout.shape().rows();
        this.columns = layout.shape().columns();
        this.rowMajor = layout.isRowMajor();
    }

    private static MappedArray of(
            MappedWindows windows, ArrayLayout layout, ItemOffsets items, @Nullable MappedArray whole) {
        ElementBytes bytes = layout.dtype().kind().isNumber()
                ? new DenseBytes(windows, items)
                : new GatheredBytes(windows, items, layout.dtype());
        return new MappedArray(windows, layout, items, bytes, whole, null);
    }

    /**
     * Opens the array that lies at {@code offset} in {@code file}.
     *
     * @param offset of the first element in the file, in bytes; any alignment
     * @param windowBytes the most that one mapping takes, but for a few bytes; the greatest power of two in it is used,
     *     so no number straddles
     * @throws io.zipmap.ZipmapException {@code SCRATCH_DAMAGED} when this is not a regular file, or too short
     */
    public static MappedArray open(Path file, long offset, ArrayLayout layout, int windowBytes) throws IOException {
        Dtype dtype = layout.dtype();
        boolean plain = dtype.kind().isNumber();
        if (windowBytes < (plain ? dtype.itemSize() : 1)) {
            throw new IllegalArgumentException("A window of " + windowBytes + " bytes has no room for an element");
        }
        int overlap = plain ? 0 : GatheredBytes.OVERLAP;
        MappedWindows windows =
                MappedWindows.open(file, offset, layout.bytes(), dtype.byteOrder(), windowBytes, overlap);
        return of(windows, layout, ItemOffsets.of(layout), null);
    }

    public ArrayLayout layout() {
        return layout;
    }

    public Dtype dtype() {
        return layout.dtype();
    }

    public Shape shape() {
        return layout.shape();
    }

    /** Number of elements. */
    public long size() {
        return size;
    }

    public long rows() {
        return rows;
    }

    public long columns() {
        return columns;
    }

    /**
     * The rows from {@code fromRow} up to but not including {@code toRow}, on the same maps. Its storage is counted as
     * if it lay alone, in the order of this array.
     */
    public MappedArray slice(long fromRow, long toRow) throws IOException {
        Objects.checkFromToIndex(fromRow, toRow, rows);
        if (leaf != null && whole != null) {
            return whole.slice(fromRow, toRow).of(leaf);
        }
        if (fromRow == 0 && toRow == rows) {
            return of(windows, layout, items, this);
        }
        long[] axes = shape().dimensions() == 0 ? new long[1] : shape().toArray();
        axes[0] = toRow - fromRow;
        ArrayLayout part = new ArrayLayout(dtype(), Shape.of(axes), layout.order());
        return of(windows, part, items.slice(layout, fromRow, part), this);
    }

    /**
     * One scalar of every item, on the same maps: a field of a structured dtype, or {@code re} or {@code im} of a
     * complex one. Its shape is that of this array, and after it the axes of sub-arrays on the way.
     *
     * @param names of the fields that lead to it, outermost first
     * @throws IllegalArgumentException when they lead to no scalar
     */
    public MappedArray field(String... names) throws IOException {
        for (Leaf one : dtype().leaves()) {
            if (one.path().equals(List.of(names))) {
                return of(one);
            }
        }
        throw new IllegalArgumentException("No scalar is at " + List.of(names) + ": there are " + dtype().leaves());
    }

    /** One leaf of this array's dtype, as {@link #field} gives it. */
    public MappedArray of(Leaf part) throws IOException {
        if (part.isItem()) {
            return this;
        }
        ElementOffsets of = rowMajor ? LeafOffsets.byItem(items, part) : LeafOffsets.byElement(items, part, size);
        return new MappedArray(
                windows, layout.of(part), items, new GatheredBytes(windows, of, part.dtype()), this, part);
    }

    /** Bytes that are mapped now. */
    public long mappedBytes() {
        return windows.mappedBytes();
    }

    public double getDouble(long index) throws IOException {
        long at = at(index);
        return elements.doubleAt(bytes.element(at), bytes.within(at));
    }

    public double getDouble(long row, long column) throws IOException {
        return getDouble(index(row, column));
    }

    public float getFloat(long index) throws IOException {
        long at = at(index);
        return elements.floatAt(bytes.element(at), bytes.within(at));
    }

    public float getFloat(long row, long column) throws IOException {
        return getFloat(index(row, column));
    }

    /** Any integer dtype or bool, and the counts of times; uint64 as its 64 bits. */
    public long getLong(long index) throws IOException {
        long at = at(index);
        return elements.longAt(bytes.element(at), bytes.within(at));
    }

    public long getLong(long row, long column) throws IOException {
        return getLong(index(row, column));
    }

    /** bool only. */
    public boolean getBoolean(long index) throws IOException {
        long at = at(index);
        return elements.booleanAt(bytes.element(at), bytes.within(at));
    }

    public boolean getBoolean(long row, long column) throws IOException {
        return getBoolean(index(row, column));
    }

    /** Texts only, as {@link FixedText} reads them. */
    public String getText(long index) throws IOException {
        FixedText texts = new FixedText(dtype());
        return texts.text(bytes.element(at(index)).array(), 0);
    }

    public String getText(long row, long column) throws IOException {
        return getText(index(row, column));
    }

    /**
     * Copies {@code count} elements as they lie from {@code index} on. float16, float32, bool, and integers of 8 or 16
     * bits.
     */
    public void read(long index, float[] into, int offset, int count) throws IOException {
        Objects.checkFromIndexSize(offset, count, into.length);
        read(index, offset, count, (window, at, to, n) -> elements.read(window, at, into, to, n));
    }

    /**
     * Copies {@code count} elements as they lie from {@code index} on. Any number; 64-bit integers go to the nearest
     * double.
     */
    public void read(long index, double[] into, int offset, int count) throws IOException {
        Objects.checkFromIndexSize(offset, count, into.length);
        read(index, offset, count, (window, at, to, n) -> elements.read(window, at, into, to, n));
    }

    /**
     * Copies {@code count} elements as they lie from {@code index} on. bool, integers and times; uint64 as its 64 bits.
     */
    public void read(long index, long[] into, int offset, int count) throws IOException {
        Objects.checkFromIndexSize(offset, count, into.length);
        read(index, offset, count, (window, at, to, n) -> elements.read(window, at, into, to, n));
    }

    /**
     * Copies one leaf of the items of a strip into a buffer of the leaf's dtype: all elements of an item, then those of
     * the next. Places in the buffer are those of the strip, times the elements of the leaf.
     */
    public void read(StridedRange strip, Leaf part, ElementBuffer into) throws IOException {
        ElementBytes from =
                part.isItem() ? bytes : new GatheredBytes(windows, LeafOffsets.byItem(items, part), part.dtype());
        int each = Math.toIntExact(part.elements());
        int runs = strip.runs();
        if (runs > 0) {
            Objects.checkFromIndexSize(strip.index(0), strip.run(), size);
            Objects.checkFromIndexSize(strip.index(runs - 1), strip.run(), size);
            Objects.checkFromIndexSize(strip.to(0) * each, strip.run() * each, into.capacity());
            Objects.checkFromIndexSize(strip.to(runs - 1) * each, strip.run() * each, into.capacity());
        }
        ElementBytes.Piece piece = into::copy;
        windows.read(() -> {
            ByteBuffer chunk = from.chunk(into.capacity());
            for (int i = 0; i < runs; i++) {
                from.copy(strip.index(i) * each, strip.to(i) * each, strip.run() * each, chunk, piece);
            }
        });
    }

    private void read(long index, int offset, int count, ElementBytes.Piece piece) throws IOException {
        Objects.checkFromIndexSize(index, count, size);
        windows.read(() -> bytes.copy(index, offset, count, bytes.chunk(count), piece));
    }

    private long at(long index) {
        return bytes.at(Objects.checkIndex(index, size));
    }

    private long index(long row, long column) {
        Objects.checkIndex(row, rows);
        Objects.checkIndex(column, columns);
        return rowMajor ? row * columns + column : layout.position(row, column);
    }

    /** Gives the maps and the descriptor back at once. Does nothing on a view, or a second time. */
    @Override
    public void close() throws IOException {
        if (whole == null) {
            windows.close();
        }
    }

    @Override
    public String toString() {
        return "MappedArray " + layout;
    }
}
