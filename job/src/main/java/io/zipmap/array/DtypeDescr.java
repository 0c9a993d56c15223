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
 * Reads and writes the {@code descr} value of a .npy header: a type string, or a list of fields for a structured dtype.
 * Reads like {@code descr_to_dtype} in numpy/lib/_format_impl.py, with exact sizes and offsets. Writes like
 * {@code numpy.dtype.descr}.
 */
final class DtypeDescr {
    private static final String PADDING = "";

    private final ByteOrder defaultOrder;

    /** @param defaultOrder byte order of type strings that do not name one */
    DtypeDescr(ByteOrder defaultOrder) {
        this.defaultOrder = defaultOrder;
    }

    private record FieldType(Dtype dtype, Shape shape) {}

    /**
     * Parses a {@code descr} value.
     *
     * @param where path of the enclosing fields, for messages; may be empty
     */
    Dtype dtype(@Nullable Object descr, String where) throws ZipmapException {
        if (descr instanceof String text) {
            return DtypeString.parse(text, defaultOrder, where);
        }
        if (descr instanceof List<?> fields) {
            return structured(fields, where);
        }
        throw invalid("descr is not a dtype: " + descr, where);
    }

    private Dtype structured(List<?> descr, String where) throws ZipmapException {
        List<Field> fields = new ArrayList<>();
        Set<String> names = new HashSet<>();
        long offset = 0;
        for (Object field : descr) {
            if (!(field instanceof Tuple tuple)
                    || tuple.items().size() < 2
                    || tuple.items().size() > 3) {
                throw invalid("not a field: " + field, where);
            }
            List<Object> items = tuple.items();
            Object name = items.get(0);
            String title = null;
            if (name instanceof Tuple titled
                    && titled.items().size() == 2
                    && titled.items().get(0) instanceof String text) {
                title = text;
                name = titled.items().get(1);
            }
            if (!(name instanceof String fieldName)) {
                throw invalid("not the name of a field: " + name, where);
            }
            long padding = fieldName.equals(PADDING) ? DtypeString.voidBytes(items.get(1)) : -1;
            Shape shape = items.size() == 3 ? shape(items.get(2), where) : Shape.SINGLE;
            if (padding >= 0) {
                offset = endOffset(offset, padding, shape, where);
                continue;
            }
            String path = where.isEmpty() ? fieldName : where + "." + fieldName;
            FieldType type = fieldType(items.get(1), shape, path);
            if (!names.add(fieldName)) {
                throw invalid("two fields have the same name: " + fieldName, where);
            }
            fields.add(new Field(fieldName, title, type.dtype, type.shape, (int) offset));
            offset = endOffset(offset, type.dtype.itemSize(), type.shape, path);
        }
        if (fields.isEmpty()) {
            throw new ZipmapException(Condition.DTYPE_UNSUPPORTED, "Unsupported dtype without fields" + ofField(where));
        }
        return Dtype.of(fields, (int) offset);
    }

    private FieldType fieldType(@Nullable Object descr, Shape shape, String where) throws ZipmapException {
        if (descr instanceof Tuple tuple && tuple.items().size() == 2) {
            FieldType inner =
                    fieldType(tuple.items().get(0), shape(tuple.items().get(1), where), where);
            return new FieldType(inner.dtype, shape.append(inner.shape));
        }
        Dtype dtype = dtype(descr, where);
        if (dtype.itemSize() == 0 && shape.elements() > 1) {
            throw new ZipmapException(
                    Condition.DTYPE_UNSUPPORTED,
                    "Unsupported dtype: a sub-array whose elements have no bytes" + ofField(where));
        }
        return new FieldType(dtype, shape);
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

    /** End offset of a field; checks for overflow. */
    private static long endOffset(long offset, long each, Shape shape, String where) throws ZipmapException {
        long elements = shape.elements();
        long most = Integer.MAX_VALUE - offset;
        if (each > 0 && elements > most / each) {
            throw invalid("its items are too large", where).expected("fewer than 2^31 bytes");
        }
        return offset + each * elements;
    }

    private static ZipmapException invalid(String why, String where) {
        return new ZipmapException(Condition.HEADER_INVALID, "Invalid dtype: " + why + ofField(where));
    }

    static String ofField(String where) {
        return where.isEmpty() ? "" : ", of the field " + where;
    }

    /** Formats the list of fields. Gaps between fields are written as padding. */
    static String format(List<Field> fields, int itemSize) {
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
