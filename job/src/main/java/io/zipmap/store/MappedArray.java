package io.zipmap.store;

import io.zipmap.array.ArrayLayout;
import io.zipmap.array.Dtype;
import io.zipmap.array.Order;
import io.zipmap.array.Shape;
import java.io.IOException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Objects;

/**
 * An array where it lies: a range of a file, of any length, read through windows of mapped memory. It is an owner of maps
 * and must be closed, but a view made by {@link #slice} needs no closing: it ends with the array it was made from.
 *
 * <p>An {@code index} counts elements as they lie in storage; a row and a column are logical, whatever the order. An index
 * outside the array is an IndexOutOfBoundsException. A conversion is exact, or it is an UnsupportedOperationException that
 * says what to read instead; only int64 and uint64 read as double go to the nearest double.
 *
 * <p>A file that is cut short while it is mapped makes reads throw {@code SCRATCH_DAMAGED}; what a bulk read has already put
 * into the target is then of no use. The advice is to heal, not to try again.
 *
 * <p>Threads may read at the same time; a {@link #close} waits for reads that run, and after it every read is an
 * IllegalStateException. Reads of single elements keep a few kilobytes of what lies around them, so threads, and walks that
 * leap, do better with a slice each. A bulk read has a fixed cost of about a microsecond: a thousand elements make it small.
 *
 * <p>Serializable in name only: it refuses Java's serialisation and Kryo's, because only a record may cross.
 */
public final class MappedArray implements AutoCloseable, Serializable {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("UnusedVariable")
    private final Refusal refusal = new Refusal();

    private final transient Windows windows;
    private final transient Blocks blocks;
    private final transient Elements elements;
    private final transient ArrayLayout layout;
    private final transient boolean view;
    private final transient int itemSize;
    private final transient long size;
    private final transient long rows;
    private final transient long columns;
    private final transient boolean rowMajor;
    private final transient long first;
    private final transient long run;
    private final transient long stride;

    private interface Piece {
        void copy(ByteBuffer window, int at, int to, int count);
    }

    /**
     * Element i of this array is element {@code first + i / run * stride + i % run} of the windows: a slice of rows in C
     * order is one run, in Fortran order there is a run for each column.
     */
    private MappedArray(
            Windows windows, Elements elements, ArrayLayout layout, boolean view, long first, long run, long stride) {
        this.windows = windows;
        this.blocks = new Blocks(windows);
        this.elements = elements;
        this.layout = layout;
        this.view = view;
        this.itemSize = layout.dtype().itemSize();
        this.size = layout.shape().elements();
        this.rows = layout.shape().rows();
        this.columns = layout.shape().columns();
        this.rowMajor = layout.order() == Order.C || layout.shape().dimensions() < 2;
        this.first = first;
        this.run = run;
        this.stride = stride;
    }

    /**
     * Opens the array that lies at {@code offset} in {@code file}.
     *
     * @param offset of the first element in the file, in bytes; any alignment
     * @param windowBytes the most that one mapping takes; the greatest power of two in it is used, so no element
     *     straddles
     * @throws io.zipmap.ZipmapException {@code SCRATCH_DAMAGED} when this is not a regular file, or too short
     */
    public static MappedArray open(Path file, long offset, ArrayLayout layout, int windowBytes) throws IOException {
        if (windowBytes < layout.dtype().itemSize()) {
            throw new IllegalArgumentException("A window of " + windowBytes + " bytes has no room for an element");
        }
        Windows windows =
                Windows.open(file, offset, layout.bytes(), layout.dtype().byteOrder(), windowBytes);
        long size = layout.shape().elements();
        return new MappedArray(windows, Elements.of(layout.dtype()), layout, false, 0, size, size);
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
     * The rows from {@code fromRow} up to but not including {@code toRow}, on the same maps. Its storage is counted as if
     * it lay alone, in the order of this array.
     */
    public MappedArray slice(long fromRow, long toRow) throws IOException {
        Objects.checkFromToIndex(fromRow, toRow, rows);
        if (fromRow == 0 && toRow == rows) {
            return new MappedArray(windows, elements, layout, true, first, run, stride);
        }
        long[] axes = shape().dimensions() == 0 ? new long[1] : shape().toArray();
        axes[0] = toRow - fromRow;
        ArrayLayout part = new ArrayLayout(dtype(), Shape.of(axes), layout.order());
        if (rowMajor) {
            return new MappedArray(
                    windows,
                    elements,
                    part,
                    true,
                    first + fromRow * columns,
                    part.shape().elements(),
                    stride);
        }
        return new MappedArray(windows, elements, part, true, first + fromRow, axes[0], run == size ? rows : stride);
    }

    /** Bytes that are mapped now. */
    public long mappedBytes() {
        return windows.mappedBytes();
    }

    public double getDouble(long index) throws IOException {
        long at = position(index);
        return elements.doubleAt(blocks.at(at), blocks.within(at));
    }

    public double getDouble(long row, long column) throws IOException {
        return getDouble(index(row, column));
    }

    public float getFloat(long index) throws IOException {
        long at = position(index);
        return elements.floatAt(blocks.at(at), blocks.within(at));
    }

    public float getFloat(long row, long column) throws IOException {
        return getFloat(index(row, column));
    }

    /** Any integer dtype or bool; uint64 as its 64 bits. */
    public long getLong(long index) throws IOException {
        long at = position(index);
        return elements.longAt(blocks.at(at), blocks.within(at));
    }

    public long getLong(long row, long column) throws IOException {
        return getLong(index(row, column));
    }

    /** bool only. */
    public boolean getBoolean(long index) throws IOException {
        long at = position(index);
        return elements.booleanAt(blocks.at(at), blocks.within(at));
    }

    public boolean getBoolean(long row, long column) throws IOException {
        return getBoolean(index(row, column));
    }

    /** Copies {@code count} elements as they lie from {@code index} on. float16, float32, bool, and integers of 8 or 16 bits. */
    public void read(long index, float[] into, int offset, int count) throws IOException {
        Objects.checkFromIndexSize(offset, count, into.length);
        read(index, offset, count, (window, at, to, n) -> elements.read(window, at, into, to, n));
    }

    /** Copies {@code count} elements as they lie from {@code index} on. Any dtype; 64-bit integers go to the nearest double. */
    public void read(long index, double[] into, int offset, int count) throws IOException {
        Objects.checkFromIndexSize(offset, count, into.length);
        read(index, offset, count, (window, at, to, n) -> elements.read(window, at, into, to, n));
    }

    /** Copies {@code count} elements as they lie from {@code index} on. bool and integers; uint64 as its 64 bits. */
    public void read(long index, long[] into, int offset, int count) throws IOException {
        Objects.checkFromIndexSize(offset, count, into.length);
        read(index, offset, count, (window, at, to, n) -> elements.read(window, at, into, to, n));
    }

    /** Copies a strip into a buffer of this array's dtype. */
    public void read(Strip strip, ElementBuffer into) throws IOException {
        int runs = strip.runs();
        if (runs > 0) {
            Objects.checkFromIndexSize(strip.index(0), strip.run(), size);
            Objects.checkFromIndexSize(strip.index(runs - 1), strip.run(), size);
            Objects.checkFromIndexSize(strip.to(0), strip.run(), into.capacity());
            Objects.checkFromIndexSize(strip.to(runs - 1), strip.run(), into.capacity());
        }
        Piece piece = into::copy;
        windows.read(() -> {
            for (int i = 0; i < runs; i++) {
                copy(strip.index(i), strip.to(i), strip.run(), piece);
            }
        });
    }

    private void read(long index, int offset, int count, Piece piece) throws IOException {
        Objects.checkFromIndexSize(index, count, size);
        windows.read(() -> copy(index, offset, count, piece));
    }

    private void copy(long index, int offset, int count, Piece piece) throws IOException {
        for (int done = 0; done < count; ) {
            long from = index + done;
            long at = storage(from) * itemSize;
            ByteBuffer window = windows.at(at);
            int within = windows.within(at);
            int n = (int) Math.min(Math.min(count - done, run - from % run), (window.limit() - within) / itemSize);
            piece.copy(window, within, offset + done, n);
            done += n;
        }
    }

    private long index(long row, long column) {
        Objects.checkIndex(row, rows);
        Objects.checkIndex(column, columns);
        return rowMajor ? row * columns + column : layout.position(row, column);
    }

    private long position(long index) {
        return storage(Objects.checkIndex(index, size)) * itemSize;
    }

    private long storage(long index) {
        return run == size ? first + index : first + index / run * stride + index % run;
    }

    /** Gives the maps and the descriptor back at once. Does nothing on a view, or a second time. */
    @Override
    public void close() throws IOException {
        if (!view) {
            windows.close();
        }
    }

    @Override
    public String toString() {
        return "MappedArray " + layout;
    }
}
