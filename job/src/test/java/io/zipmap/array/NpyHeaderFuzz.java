package io.zipmap.array;

import io.zipmap.ZipmapException;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/** Jazzer target for the .npy header reader: any bytes give a layout that survives a round trip, or a named error. */
public final class NpyHeaderFuzz {
    private NpyHeaderFuzz() {}

    public static void fuzzerTestOneInput(byte[] bytes) throws IOException {
        try {
            NpyHeader header = NpyHeader.read(new ByteArrayInputStream(bytes)::read);
            require(header.length() <= bytes.length && header.layout().bytes() >= 0, header);
            header.layout()
                    .dtype()
                    .leaves()
                    .forEach(leaf ->
                            require(ends(leaf) <= header.layout().dtype().itemSize(), leaf));
            NpyHeader again = NpyHeader.read(new ByteArrayInputStream(NpyHeader.write(header.layout()))::read);
            require(again.layout().toString().equals(header.layout().toString()), header);
        } catch (ZipmapException e) {
            require(!e.getMessage().isEmpty(), e);
        }
    }

    /** Offset in the item of the end of the leaf's last element. */
    private static long ends(Leaf leaf) {
        long at = leaf.offset();
        for (int i = 0; i < leaf.axes().length; i++) {
            at += Math.max(0, leaf.axes()[i] - 1) * leaf.strides()[i];
        }
        return leaf.elements() == 0 ? 0 : at + leaf.dtype().itemSize();
    }

    private static void require(boolean holds, Object what) {
        if (!holds) {
            throw new AssertionError(what.toString());
        }
    }
}
