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
 * One array in a file, read through mapped memory. The array may have any size, because it is mapped in windows, each
 * when it is first read. Whoever opens it closes it. A view made by {@link #slice}, {@link #field} or {@link #leaf}
 * needs no closing: it ends with the array that it was made from.
 *
 * <p><b>Indices.</b> An {@code index} counts elements in the order of storage. A row and a column are logical, whatever
 * the order. An index outside the array is an IndexOutOfBoundsException.
 *
 * <p><b>Values.</b> A conversion is exact, or it is an UnsupportedOperationException that says what to read instead.
 * There is one exception: int64 and uint64 read as double are rounded to the nearest double. datetime64 and timedelta64
 * are read as their int64 counts, {@link Dtype#NOT_A_TIME} among them. Items that are composed of fields are read field
 * by field.
 *
 * <p><b>Truncation.</b> If the file is cut short while it is mapped, reads fail with the condition
 * {@code SCRATCH_DAMAGED}. A bulk read may have filled a part of its target by then. Later reads fail too: close this
 * array, and open another one on a sound file.
 *
 * <p><b>Threads</b> may read at the same time. {@link #close} waits for running reads, and after it every read is an
 * IllegalStateException. Reads of single elements keep some kilobytes around the last elements on the heap. So threads
 * that read single elements, and loops that jump, are faster with a slice each. A bulk read has a fixed cost of about a
 * microsecond, which is small from a thousand elements on.
 *
 * <p>Implements Serializable only to refuse it: Java's serialisation and Kryo's fail with a message, because an array
 * must not cross a process boundary.
 */
public final class MappedArray implements AutoCloseable, Serializable {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("UnusedVariable")
    private final SerializationGuard guard = new SerializationGuard();

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
     * @param whole the array that this is a view of; null for an array of its own
     * @param leaf the field that this view has of each item; null for whole items
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

    private static MappedArray ofItems(
            MappedWindows windows, ArrayLayout layout, ItemOffsets items, @Nullable MappedArray whole) {
        ElementBytes bytes = layout.dtype().kind().isNumber()
                ? new DenseBytes(windows, items)
                : new GatheredBytes(windows, items, layout.dtype());
        return new MappedArray(windows, layout, items, bytes, whole, null);
    }

    /**
     * Opens an array in a file, and maps nothing yet. The caller closes it.
     *
     * @param offset of the first element in the file, in bytes; any alignment
     * @param windowBytes most bytes of one mapping, up to a few more. The greatest power of two in it is used, so no
     *     number straddles two windows
     * @throws io.zipmap.ZipmapException {@code SCRATCH_DAMAGED} if this is not a regular file, or is too short
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
        return ofItems(windows, layout, ItemOffsets.of(layout), null);
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
     * A view of the rows from {@code fromRow} up to but not including {@code toRow}, on the same maps. An index of the
     * view counts only its own elements, in the order of this array.
     */
    public MappedArray slice(long fromRow, long toRow) throws IOException {
        Objects.checkFromToIndex(fromRow, toRow, rows);
        if (leaf != null && whole != null) {
            return whole.slice(fromRow, toRow).leaf(leaf);
        }
        if (fromRow == 0 && toRow == rows) {
            return ofItems(windows, layout, items, this);
        }
        long[] axes = shape().dimensions() == 0 ? new long[1] : shape().toArray();
        axes[0] = toRow - fromRow;
        ArrayLayout part = new ArrayLayout(dtype(), Shape.of(axes), layout.order());
        return ofItems(windows, part, items.slice(layout, fromRow, part), this);
    }

    /**
     * A view of one field of every item, on the same maps: a scalar of a structured dtype, or {@code re} or {@code im}
     * of a complex one. Its shape is that of this array, followed by the axes of the sub-arrays that contain the field.
     *
     * @param names path of the field, outermost first
     * @throws IllegalArgumentException if the path does not end at a scalar
     */
    public MappedArray field(String... names) throws IOException {
        for (Leaf one : dtype().leaves()) {
            if (one.path().equals(List.of(names))) {
                return leaf(one);
            }
        }
        throw new IllegalArgumentException("No scalar is at " + List.of(names) + ": there are " + dtype().leaves());
    }

    /** A view of one leaf of this array's dtype, as {@link #field} gives it. */
    public MappedArray leaf(Leaf part) throws IOException {
        if (part.isItem()) {
            return this;
        }
        ElementOffsets offsets = rowMajor ? LeafOffsets.byItem(items, part) : LeafOffsets.byElement(items, part, size);
        return new MappedArray(
                windows, layout.leafLayout(part), items, new GatheredBytes(windows, offsets, part.dtype()), this, part);
    }

    /** Bytes that all arrays of this process map now. */
    public static long mappedBytesOfProcess() {
        return MappedWindows.mappedBytesOfProcess();
    }

    /** Bytes that are mapped now. */
    public long mappedBytes() {
        return windows.mappedBytes();
    }

    public double getDouble(long index) throws IOException {
        long position = position(index);
        return elements.doubleAt(bytes.element(position), bytes.offsetInBuffer(position));
    }

    public double getDouble(long row, long column) throws IOException {
        return getDouble(index(row, column));
    }

    public float getFloat(long index) throws IOException {
        long position = position(index);
        return elements.floatAt(bytes.element(position), bytes.offsetInBuffer(position));
    }

    public float getFloat(long row, long column) throws IOException {
        return getFloat(index(row, column));
    }

    /** Integers, bool and the counts of times. uint64 is read as its 64 bits. */
    public long getLong(long index) throws IOException {
        long position = position(index);
        return elements.longAt(bytes.element(position), bytes.offsetInBuffer(position));
    }

    public long getLong(long row, long column) throws IOException {
        return getLong(index(row, column));
    }

    /** Only for bool. */
    public boolean getBoolean(long index) throws IOException {
        long position = position(index);
        return elements.booleanAt(bytes.element(position), bytes.offsetInBuffer(position));
    }

    public boolean getBoolean(long row, long column) throws IOException {
        return getBoolean(index(row, column));
    }

    /** Only for texts, as {@link FixedText} decodes them. */
    public String getText(long index) throws IOException {
        FixedText texts = new FixedText(dtype());
        return texts.text(bytes.element(position(index)).array(), 0);
    }

    public String getText(long row, long column) throws IOException {
        return getText(index(row, column));
    }

    /**
     * Copies {@code count} elements in the order of storage, from {@code index} on: float16, float32, bool, and
     * integers of 8 or 16 bits.
     */
    public void read(long index, float[] into, int offset, int count) throws IOException {
        Objects.checkFromIndexSize(offset, count, into.length);
        copyTo((window, at, to, n) -> elements.readFloats(window, at, into, to, n), index, offset, count);
    }

    /**
     * Copies {@code count} elements in the order of storage, from {@code index} on: any number. 64-bit integers are
     * rounded to the nearest double.
     */
    public void read(long index, double[] into, int offset, int count) throws IOException {
        Objects.checkFromIndexSize(offset, count, into.length);
        copyTo((window, at, to, n) -> elements.readDoubles(window, at, into, to, n), index, offset, count);
    }

    /**
     * Copies {@code count} elements in the order of storage, from {@code index} on: bool, integers and times. uint64 is
     * read as its 64 bits.
     */
    public void read(long index, long[] into, int offset, int count) throws IOException {
        Objects.checkFromIndexSize(offset, count, into.length);
        copyTo((window, at, to, n) -> elements.readLongs(window, at, into, to, n), index, offset, count);
    }

    /**
     * Copies the bytes of {@code count} numbers in the order of storage, from {@code index} on: as the file has them,
     * in the byte order of the dtype.
     *
     * @param offset of the first number in {@code into}, in numbers
     */
    public void readBytes(long index, byte[] into, int offset, int count) throws IOException {
        int itemSize = dtype().itemSize();
        Objects.checkFromIndexSize(offset, count, into.length / itemSize);
        copyTo((window, at, to, n) -> window.get(at, into, to * itemSize, n * itemSize), index, offset, count);
    }

    /**
     * Copies one leaf of the items in a range into a buffer of the leaf's dtype: all elements of the first item, then
     * those of the next. An index in the buffer is the one of the range, times the number of elements of the leaf.
     */
    public void read(StridedRange range, Leaf part, ElementBuffer into) throws IOException {
        ElementBytes from =
                part.isItem() ? bytes : new GatheredBytes(windows, LeafOffsets.byItem(items, part), part.dtype());
        int perItem = Math.toIntExact(part.elements());
        int runs = range.runs();
        if (runs > 0) {
            Objects.checkFromIndexSize(range.index(0), range.run(), size);
            Objects.checkFromIndexSize(range.index(runs - 1), range.run(), size);
            Objects.checkFromIndexSize(range.to(0) * perItem, range.run() * perItem, into.capacity());
            Objects.checkFromIndexSize(range.to(runs - 1) * perItem, range.run() * perItem, into.capacity());
        }
        ElementBytes.Sink sink = into::copy;
        windows.read(() -> {
            ByteBuffer buffer = from.newBuffer(into.capacity());
            for (int i = 0; i < runs; i++) {
                from.copyTo(sink, range.index(i) * perItem, range.to(i) * perItem, range.run() * perItem, buffer);
            }
        });
    }

    private void copyTo(ElementBytes.Sink sink, long index, int offset, int count) throws IOException {
        Objects.checkFromIndexSize(index, count, size);
        windows.read(() -> bytes.copyTo(sink, index, offset, count, bytes.newBuffer(count)));
    }

    private long position(long index) {
        return bytes.position(Objects.checkIndex(index, size));
    }

    private long index(long row, long column) {
        Objects.checkIndex(row, rows);
        Objects.checkIndex(column, columns);
        return rowMajor ? row * columns + column : layout.position(row, column);
    }

    /** Unmaps and closes the file at once. Has no effect on a view, or the second time. */
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
