package io.zipmap.array;

import io.zipmap.Condition;
import io.zipmap.OptionSpelling;
import io.zipmap.ZipmapException;
import java.io.Serializable;
import java.util.Arrays;

/**
 * The layout that the user gives for entries without a .npy header: dtype, shape and order. One axis may be -1; its
 * length then follows from the size of the entry. Immutable.
 */
public final class RawLayout implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Dtype dtype;
    private final long[] axes;
    private final Order order;

    private RawLayout(Dtype dtype, long[] axes, Order order) {
        this.dtype = dtype;
        this.axes = axes;
        this.order = order;
    }

    /**
     * @param axes lengths of at least 0; one may be -1
     * @throws ZipmapException {@code OPTION_INVALID}
     */
    public static RawLayout of(Dtype dtype, long[] axes, Order order) throws ZipmapException {
        long open = Arrays.stream(axes).filter(n -> n == -1).count();
        if (open > 1 || Arrays.stream(axes).anyMatch(n -> n < -1)) {
            throw new ZipmapException(Condition.OPTION_INVALID, "Invalid shape: " + Arrays.toString(axes))
                    .expected("lengths of at least 0, one of which may be -1");
        }
        RawLayout layout = new RawLayout(dtype, axes.clone(), order);
        try {
            new ArrayLayout(dtype, Shape.of(layout.axesWith(1)), order);
        } catch (ZipmapException e) {
            throw new ZipmapException(Condition.OPTION_INVALID, "Invalid shape: " + Arrays.toString(axes))
                    .expected("at most 64 axes, and fewer than 2^63 bytes")
                    .because(e);
        }
        return layout;
    }

    /** Parses a shape such as {@code 2000000,4}, {@code -1,4}, {@code (5,)} or {@code ()}. */
    public static long[] parseAxes(String text) throws ZipmapException {
        String inner = text.trim().replaceAll("^[(\\[]|[)\\]]$", "").trim().replaceAll(",$", "");
        if (inner.isEmpty()) {
            return new long[0];
        }
        try {
            return Arrays.stream(inner.split(",", -1))
                    .map(String::trim)
                    .mapToLong(Long::parseLong)
                    .toArray();
        } catch (NumberFormatException e) {
            throw new ZipmapException(Condition.OPTION_INVALID, "Invalid shape: " + text)
                    .expected("whole numbers between commas, as in -1,4")
                    .because(e);
        }
    }

    /**
     * The layout of an entry of {@code bytes} bytes.
     *
     * @throws ZipmapException {@code SHAPE_MISMATCH} if dtype and shape need another number of bytes
     */
    public ArrayLayout forBytes(long bytes) throws ZipmapException {
        long unit = new ArrayLayout(dtype, Shape.of(axesWith(1)), order).bytes();
        boolean open = axesWith(1).length > 0 && Arrays.stream(axes).anyMatch(n -> n == -1);
        if (open && (unit == 0 ? bytes == 0 : bytes % unit == 0)) {
            return new ArrayLayout(dtype, Shape.of(axesWith(unit == 0 ? 0 : bytes / unit)), order);
        }
        if (!open && bytes == unit) {
            return new ArrayLayout(dtype, Shape.of(axes), order);
        }
        throw new ZipmapException(Condition.SHAPE_MISMATCH, "Cannot read the entry as " + this)
                .expected((open ? "a multiple of " : "") + unit + " bytes")
                .actual(bytes + " bytes" + items(bytes))
                .advice("Check " + OptionSpelling.mention("dtype") + " and " + OptionSpelling.mention("shape")
                        + ", or name the entries to read, as in " + OptionSpelling.mention("entries", "x,y") + ".");
    }

    private String items(long bytes) {
        int size = dtype.itemSize();
        return size > 0 && bytes % size == 0 ? ", which are " + bytes / size + " items of " + dtype : "";
    }

    private long[] axesWith(long open) {
        return Arrays.stream(axes).map(n -> n == -1 ? open : n).toArray();
    }

    @Override
    public String toString() {
        return dtype + " " + Arrays.toString(axes) + " " + order.letter();
    }
}
