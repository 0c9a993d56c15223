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

/** What the user says of the arrays that a .npy header says too: then the two must agree. Immutable. */
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
     * @param witness who says what the array is
     * @throws ZipmapException {@code OPTION_INVALID} with the option that is contradicted
     */
    void check(ArrayLayout header, String witness) throws ZipmapException {
        if (dtype != null && !agrees(Dtype.parse(dtype), header.dtype(), dtype)) {
            throw contradicted(Option.DTYPE, dtype, header, witness);
        }
        if (axes != null && !agrees(axes, header.shape())) {
            throw contradicted(Option.SHAPE, Arrays.toString(axes), header, witness);
        }
        if (order != null
                && header.shape().dimensions() > 1
                && !order.equals(header.order().letter())) {
            throw contradicted(Option.ORDER, order, header, witness);
        }
    }

    /** A word as float32 says nothing of the byte order. */
    private static boolean agrees(Dtype claimed, Dtype found, String text) {
        boolean saysOrder = text.contains("<") || text.contains(">");
        return saysOrder
                ? claimed.equals(found)
                : claimed.valueSignature().equals(found.valueSignature()) && claimed.itemSize() == found.itemSize();
    }

    private static boolean agrees(long[] claimed, Shape found) {
        if (claimed.length != found.dimensions()) {
            return false;
        }
        for (int i = 0; i < claimed.length; i++) {
            if (claimed[i] != -1 && claimed[i] != found.axis(i)) {
                return false;
            }
        }
        return true;
    }

    private static ZipmapException contradicted(Option option, String said, ArrayLayout header, String witness) {
        return new ZipmapException(
                        Condition.OPTION_INVALID,
                        "Invalid value of " + option.flag() + ": " + witness + " says otherwise")
                .expected(said)
                .actual(header)
                .advice("Leave " + option.optionName()
                        + " out: entries in .npy format say it themselves, and so does the output of a run.");
    }
}
