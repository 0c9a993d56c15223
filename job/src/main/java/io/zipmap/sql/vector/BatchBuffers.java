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
 * The leaves that the wanted columns of an array are made of, by the names that lead to them, and a buffer for each.
 */
public final class BatchBuffers {
    private final Map<List<String>, Leaf> leaves = new LinkedHashMap<>();
    private final Map<List<String>, ElementBuffer> buffers = new LinkedHashMap<>();

    /** @param columns of the array's values */
    public BatchBuffers(ArrayLayout layout, List<ColumnRef> columns) {
        Map<List<String>, Leaf> all = new LinkedHashMap<>();
        layout.dtype().leaves().forEach(leaf -> all.put(leaf.path(), leaf));
        for (ColumnRef column : columns) {
            if (layout.hasFieldColumns()) {
                Field field = layout.dtype().fields().get(column.number());
                want(all, field.dtype(), List.of(field.name()), column.type());
            } else {
                want(all, layout.dtype(), List.of(), column.type());
            }
        }
    }

    /** Of a structure, only the fields that the query reads. */
    private void want(Map<List<String>, Leaf> all, Dtype dtype, List<String> path, DataType type) {
        DataType element = type;
        while (element instanceof ArrayType array) {
            element = array.elementType();
        }
        if (dtype.fields().isEmpty()) {
            leaves.computeIfAbsent(path, all::get);
        } else if (element instanceof StructType struct) {
            for (StructField one : struct.fields()) {
                want(all, field(dtype, one.name()).dtype(), under(path, one.name()), one.dataType());
            }
        }
    }

    static Field field(Dtype dtype, String name) {
        return dtype.fields().stream()
                .filter(field -> field.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No field " + name + " in " + dtype));
    }

    static List<String> under(List<String> path, String name) {
        List<String> longer = new ArrayList<>(path);
        longer.add(name);
        return List.copyOf(longer);
    }

    /** Bytes that are wanted of an item; elements without a byte count too. */
    public long itemBytes() {
        return leaves.values().stream()
                .mapToLong(leaf -> leaf.elements() * Math.max(1, leaf.dtype().itemSize()))
                .sum();
    }

    /**
     * Makes room for so many items, or takes it over.
     *
     * @param before for an array whose values are of the same kinds
     */
    public void allocate(int items, @Nullable BatchBuffers before) {
        leaves.forEach((path, leaf) -> {
            int capacity = Math.toIntExact(items * leaf.elements());
            ElementBuffer known = before == null ? null : before.fitting(path, leaf, capacity);
            buffers.put(path, known == null ? ElementBuffer.of(leaf.dtype(), capacity) : known);
        });
    }

    private @Nullable ElementBuffer fitting(List<String> path, Leaf leaf, int capacity) {
        Leaf mine = leaves.get(path);
        boolean alike = mine != null && mine.dtype().itemSize() == leaf.dtype().itemSize();
        return alike && buffer(path).capacity() >= capacity ? buffer(path) : null;
    }

    private ElementBuffer buffer(List<String> path) {
        ElementBuffer buffer = buffers.get(path);
        if (buffer == null) {
            throw new IllegalStateException("Nothing is read at " + path);
        }
        return buffer;
    }

    /** What the elements of a leaf are read into. */
    Object array(List<String> path) {
        return buffer(path).array();
    }

    public void read(HeldArray array, StridedRange strip) throws IOException {
        for (Map.Entry<List<String>, Leaf> leaf : leaves.entrySet()) {
            array.readRange(strip, leaf.getValue(), buffer(leaf.getKey()));
        }
    }
}
