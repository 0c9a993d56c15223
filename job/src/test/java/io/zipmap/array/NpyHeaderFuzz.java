package io.zipmap.array;

import io.zipmap.ZipmapException;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/** Jazzer's way into the reader of .npy headers: a layout that can be written and read again, or a named error. */
public final class NpyHeaderFuzz {
    private NpyHeaderFuzz() {}

    public static void fuzzerTestOneInput(byte[] bytes) throws IOException {
        try {
            NpyHeader header = NpyHeader.read(new ByteArrayInputStream(bytes)::read);
            require(header.length() <= bytes.length && header.layout().bytes() >= 0, header);
            NpyHeader again = NpyHeader.read(new ByteArrayInputStream(NpyHeader.write(header.layout()))::read);
            require(again.layout().toString().equals(header.layout().toString()), header);
        } catch (ZipmapException e) {
            require(!e.getMessage().isEmpty(), e);
        }
    }

    private static void require(boolean holds, Object what) {
        if (!holds) {
            throw new AssertionError(what.toString());
        }
    }
}
