package io.zipmap.array;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.array.PythonLiteral.Tuple;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A dtype as a .npy header has it: a word, or the list of the fields of a structured one. Read as
 * {@code descr_to_dtype} in numpy/lib/_format_impl.py does, sizes and offsets counted exactly, and written as
 * {@code numpy.dtype.descr} is.
 */
final class DtypeDescr {
    private static final String PADDING = "";

    private final ByteOrder otherwise;

    /** @param otherwise the byte order of words that do not say one */
    DtypeDescr(ByteOrder otherwise) {
        this.otherwise = otherwise;
    }

    private record Part(Dtype dtype, Shape shape) {}

    /** @param where the fields that lead here, for messages */
    Dtype dtype(@Nullable Object descr, String where) throws ZipmapException {
        if (descr instanceof String word) {
            return DtypeString.parse(word, otherwise, where);
        }
        if (descr instanceof List<?> fields) {
            return structure(fields, where);
        }
        throw invalid("descr is not a dtype: " + descr, where);
    }

    private Dtype structure(List<?> descr, String where) throws ZipmapException {
        List<Field> fields = new ArrayList<>();
        Set<String> names = new HashSet<>();
        long offset = 0;
        for (Object one : descr) {
            if (!(one instanceof Tuple tuple)
                    || tuple.items().size() < 2
                    || tuple.items().size() > 3) {
                throw invalid("not a field: " + one, where);
            }
            List<Object> items = tuple.items();
            Object name = items.get(0);
            String title = null;
            if (name instanceof Tuple both
                    && both.items().size() == 2
                    && both.items().get(0) instanceof String text) {
                title = text;
                name = both.items().get(1);
            }
            if (!(name instanceof String called)) {
                throw invalid("not the name of a field: " + name, where);
            }
            long padding = called.equals(PADDING) ? DtypeString.voidBytes(items.get(1)) : -1;
            Shape shape = items.size() == 3 ? shape(items.get(2), where) : Shape.SINGLE;
            if (padding >= 0) {
                offset = size(offset, padding, shape, where);
                continue;
            }
            String path = where.isEmpty() ? called : where + "." + called;
            Part part = part(items.get(1), shape, path);
            if (!names.add(called)) {
                throw invalid("two fields of one name: " + called, where);
            }
            fields.add(new Field(called, title, part.dtype, part.shape, (int) offset));
            offset = size(offset, part.dtype.itemSize(), part.shape, path);
        }
        if (fields.isEmpty()) {
            throw new ZipmapException(Condition.DTYPE_UNSUPPORTED, "Unsupported dtype without fields" + of(where));
        }
        return Dtype.of(fields, (int) offset);
    }

    private Part part(@Nullable Object descr, Shape shape, String where) throws ZipmapException {
        if (descr instanceof Tuple tuple && tuple.items().size() == 2) {
            Part inner = part(tuple.items().get(0), shape(tuple.items().get(1), where), where);
            return new Part(inner.dtype, shape.and(inner.shape));
        }
        Dtype dtype = dtype(descr, where);
        if (dtype.itemSize() == 0 && shape.elements() > 1) {
            throw new ZipmapException(
                    Condition.DTYPE_UNSUPPORTED,
                    "Unsupported dtype: a sub-array whose elements have no bytes" + of(where));
        }
        return new Part(dtype, shape);
    }

    private static Shape shape(@Nullable Object value, String where) throws ZipmapException {
        List<?> axes = value instanceof Tuple tuple ? tuple.items() : List.of(value == null ? "" : value);
        long[] lengths = new long[axes.size()];
        for (int i = 0; i < lengths.length; i++) {
            if (!(axes.get(i) instanceof Long axis)) {
                throw invalid("not the shape of a sub-array: " + value, where);
            }
            lengths[i] = axis;
        }
        return Shape.of(lengths);
    }

    /** Exact, however large the parts. */
    private static long size(long offset, long each, Shape shape, String where) throws ZipmapException {
        long elements = shape.elements();
        long most = Integer.MAX_VALUE - offset;
        if (each > 0 && elements > most / each) {
            throw invalid("its items are too large", where).expected("fewer than 2^31 bytes");
        }
        return offset + each * elements;
    }

    private static ZipmapException invalid(String why, String where) {
        return new ZipmapException(Condition.HEADER_INVALID, "Invalid dtype: " + why + of(where));
    }

    static String of(String where) {
        return where.isEmpty() ? "" : ", of the field " + where;
    }

    /** The list of the fields, with what lies between them as padding. */
    static String text(List<Field> fields, int itemSize) {
        StringBuilder text = new StringBuilder("[");
        long at = 0;
        for (Field field : fields) {
            pad(text, field.offset() - at);
            String name = PythonLiteral.quoted(field.name());
            text.append(text.length() > 1 ? ", (" : "(");
            text.append(field.title() == null ? name : "(" + PythonLiteral.quoted(field.title()) + ", " + name + ")");
            String descr = field.dtype().descr();
            text.append(", ").append(descr.startsWith("[") ? descr : "'" + descr + "'");
            if (field.shape().dimensions() > 0) {
                text.append(", ").append(field.shape());
            }
            text.append(')');
            at = field.offset() + field.dtype().itemSize() * field.shape().elements();
        }
        pad(text, itemSize - at);
        return text.append(']').toString();
    }

    private static void pad(StringBuilder text, long bytes) {
        if (bytes > 0) {
            text.append(text.length() > 1 ? ", " : "")
                    .append("('', '|V")
                    .append(bytes)
                    .append("')");
        }
    }
}
