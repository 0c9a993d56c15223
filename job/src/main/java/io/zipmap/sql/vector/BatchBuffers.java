package io.zipmap.sql.vector;

import io.zipmap.array.ArrayLayout;
import io.zipmap.array.Dtype;
import io.zipmap.array.Field;
import io.zipmap.array.Leaf;
import io.zipmap.mapped.ElementBuffer;
import io.zipmap.mapped.StridedRange;
import io.zipmap.sql.catalog.ColumnRef;
import io.zipmap.store.HeldArray;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * The buffers of one batch: one for each leaf of the dtype that the wanted columns use, found by the path of its field
 * names. Not thread-safe.
 */
public final class BatchBuffers {
    private final Map<List<String>, Leaf> leaves = new LinkedHashMap<>();
    private final Map<List<String>, ElementBuffer> buffers = new LinkedHashMap<>();

    /** @param columns wanted; no hidden ones */
    public BatchBuffers(ArrayLayout layout, List<ColumnRef> columns) {
        Map<List<String>, Leaf> all = new LinkedHashMap<>();
        layout.dtype().leaves().forEach(leaf -> all.put(leaf.path(), leaf));
        for (ColumnRef column : columns) {
            if (layout.hasFieldColumns()) {
                Field field = layout.dtype().fields().get(column.number());
                addLeaves(all, field.dtype(), List.of(field.name()), column.type());
            } else {
                addLeaves(all, layout.dtype(), List.of(), column.type());
            }
        }
    }

    /** Adds the leaves of a value. Of a structure, {@code type} has only the fields that the query reads. */
    private void addLeaves(Map<List<String>, Leaf> all, Dtype dtype, List<String> path, DataType type) {
        DataType element = type;
        while (element instanceof ArrayType array) {
            element = array.elementType();
        }
        if (dtype.fields().isEmpty()) {
            leaves.computeIfAbsent(path, all::get);
        } else if (element instanceof StructType struct) {
            for (StructField wanted : struct.fields()) {
                addLeaves(all, field(dtype, wanted.name()).dtype(), childPath(path, wanted.name()), wanted.dataType());
            }
        }
    }

    static Field field(Dtype dtype, String name) {
        return dtype.fields().stream()
                .filter(field -> field.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No field " + name + " in " + dtype));
    }

    static List<String> childPath(List<String> path, String name) {
        List<String> longer = new ArrayList<>(path);
        longer.add(name);
        return List.copyOf(longer);
    }

    /** Bytes that are read of one item. An element of size 0 counts as one byte. */
    public long itemBytes() {
        return leaves.values().stream()
                .mapToLong(leaf -> leaf.elements() * Math.max(1, leaf.dtype().itemSize()))
                .sum();
    }

    /**
     * Provides a buffer of at least {@code items} items for each leaf: one of {@code before} if it fits, else a new
     * one.
     *
     * @param before buffers that are not used again, of an array with the same dtype but for sizes and byte order
     */
    public void allocate(int items, @Nullable BatchBuffers before) {
        leaves.forEach((path, leaf) -> {
            int capacity = Math.toIntExact(items * leaf.elements());
            ElementBuffer reused = before == null ? null : before.reusable(path, leaf, capacity);
            buffers.put(path, reused == null ? ElementBuffer.of(leaf.dtype(), capacity) : reused);
        });
    }

    private @Nullable ElementBuffer reusable(List<String> path, Leaf leaf, int capacity) {
        Leaf own = leaves.get(path);
        boolean sameSize = own != null && own.dtype().itemSize() == leaf.dtype().itemSize();
        return sameSize && buffer(path).capacity() >= capacity ? buffer(path) : null;
    }

    private ElementBuffer buffer(List<String> path) {
        ElementBuffer buffer = buffers.get(path);
        if (buffer == null) {
            throw new IllegalStateException("No buffer holds the field " + path);
        }
        return buffer;
    }

    /** The Java array that holds the elements of a leaf, {@link ElementBuffer#array}. */
    Object values(List<String> path) {
        return buffer(path).array();
    }

    /**
     * Moves the chosen rows of a column to its first rows, in the buffers of all leaves. Positions and sizes count
     * items of the array.
     *
     * @param base of the column's first item
     * @param stride items from one row to the next
     * @param items of the column in one row
     * @param rows row numbers, sorted
     * @param count the number of rows
     */
    public void keep(int base, int stride, int items, int[] rows, int count) {
        leaves.forEach((path, leaf) -> {
            int size = Math.toIntExact(leaf.elements());
            buffer(path).keep(base * size, stride * size, items * size, rows, count);
        });
    }

    /** Copies a range of an array into the buffers of all leaves. */
    public void fill(HeldArray array, StridedRange range) throws IOException {
        for (Map.Entry<List<String>, Leaf> leaf : leaves.entrySet()) {
            array.readRange(range, leaf.getValue(), buffer(leaf.getKey()));
        }
    }
}
