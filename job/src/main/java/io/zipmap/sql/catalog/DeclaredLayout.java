package io.zipmap.sql.catalog;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.array.ArrayLayout;
import io.zipmap.array.Dtype;
import io.zipmap.array.RawLayout;
import io.zipmap.array.Shape;
import io.zipmap.options.Option;
import io.zipmap.options.OptionValues;
import java.io.Serializable;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The dtype, shape and order that options declare. Where a .npy header or the output of a run has them too, they must
 * match. Immutable.
 */
final class DeclaredLayout implements Serializable {
    private static final long serialVersionUID = 1L;

    private final @Nullable String dtype;
    private final long @Nullable [] axes;
    private final @Nullable String order;

    private DeclaredLayout(@Nullable String dtype, long @Nullable [] axes, @Nullable String order) {
        this.dtype = dtype;
        this.axes = axes;
        this.order = order;
    }

    static DeclaredLayout of(OptionValues values) throws ZipmapException {
        return new DeclaredLayout(
                values.text(Option.DTYPE).orElse(null),
                values.isDefault(Option.SHAPE) ? null : RawLayout.parseAxes(values.required(Option.SHAPE)),
                values.isDefault(Option.ORDER) ? null : values.word(Option.ORDER));
    }

    /**
     * @param source of {@code header}, for the message
     * @throws ZipmapException {@code OPTION_INVALID} with the option that does not match
     */
    void check(ArrayLayout header, String source) throws ZipmapException {
        if (dtype != null && !matchesDtype(dtype, header.dtype())) {
            throw mismatch(Option.DTYPE, dtype, header, source);
        }
        if (axes != null && !matchesShape(axes, header.shape())) {
            throw mismatch(Option.SHAPE, Arrays.toString(axes), header, source);
        }
        if (order != null
                && header.shape().dimensions() > 1
                && !order.equals(header.order().letter())) {
            throw mismatch(Option.ORDER, order, header, source);
        }
    }

    /** Compares the byte order only if the text has one: {@code float32} matches both. */
    private static boolean matchesDtype(String text, Dtype actual) throws ZipmapException {
        Dtype declared = Dtype.parse(text);
        boolean hasByteOrder = text.contains("<") || text.contains(">");
        return hasByteOrder
                ? declared.equals(actual)
                : declared.valueSignature().equals(actual.valueSignature()) && declared.itemSize() == actual.itemSize();
    }

    private static boolean matchesShape(long[] declared, Shape actual) {
        if (declared.length != actual.dimensions()) {
            return false;
        }
        for (int i = 0; i < declared.length; i++) {
            if (declared[i] != -1 && declared[i] != actual.axis(i)) {
                return false;
            }
        }
        return true;
    }

    private static ZipmapException mismatch(Option option, String declared, ArrayLayout header, String source) {
        return new ZipmapException(
                        Condition.OPTION_INVALID, "Invalid value of " + option.mention() + ": " + source + " differs")
                .expected(declared)
                .actual(header)
                .advice("Leave " + option.mention() + " out: .npy headers and the output of a run have it already.");
    }
}
