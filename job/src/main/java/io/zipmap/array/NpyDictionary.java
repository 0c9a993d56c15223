package io.zipmap.array;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.array.PythonLiteral.Tuple;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Parses the dictionary of a .npy header by the rules of {@code _read_array_header} in numpy/lib/format.py. */
final class NpyDictionary {
    private static final Set<String> KEYS = Set.of("descr", "fortran_order", "shape");

    private NpyDictionary() {}

    static ArrayLayout layout(String text) throws ZipmapException {
        Object value = PythonLiteral.parse(text);
        if (!(value instanceof Map<?, ?> dictionary)) {
            throw invalid("not a dictionary", value);
        }
        if (!dictionary.keySet().equals(KEYS)) {
            throw invalid("wrong keys", dictionary.keySet()).expected("descr, fortran_order and shape");
        }
        if (!(dictionary.get("fortran_order") instanceof Boolean fortran)) {
            throw invalid("fortran_order is not True or False", dictionary.get("fortran_order"));
        }
        Shape shape = shape(dictionary.get("shape"));
        Dtype dtype = Dtype.ofDescr(dictionary.get("descr"), ByteOrder.LITTLE_ENDIAN);
        return new ArrayLayout(dtype, shape, fortran ? Order.FORTRAN : Order.C);
    }

    private static Shape shape(@Nullable Object value) throws ZipmapException {
        if (!(value instanceof Tuple tuple)) {
            throw invalid("shape is not a tuple", value);
        }
        List<?> axes = tuple.items();
        long[] lengths = new long[axes.size()];
        for (int i = 0; i < lengths.length; i++) {
            if (!(axes.get(i) instanceof Long axis)) {
                throw invalid("shape is not a tuple of whole numbers", value);
            }
            lengths[i] = axis;
        }
        return Shape.of(lengths);
    }

    private static ZipmapException invalid(String why, @Nullable Object value) {
        return new ZipmapException(Condition.HEADER_INVALID, "Invalid .npy header: " + why + ": " + value);
    }
}
