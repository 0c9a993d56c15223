package io.zipmap.archive;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Reads unsigned little-endian numbers from a byte array, the number format of zip files (APPNOTE 4.4.1.1). */
final class LittleEndian {
    private static final VarHandle SHORTS = view(short[].class);
    private static final VarHandle INTS = view(int[].class);
    private static final VarHandle LONGS = view(long[].class);

    private LittleEndian() {}

    private static VarHandle view(Class<?> array) {
        return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.LITTLE_ENDIAN);
    }

    static int u16(byte[] bytes, int at) {
        return (short) SHORTS.get(bytes, at) & 0xFFFF;
    }

    static long u32(byte[] bytes, int at) {
        return (int) INTS.get(bytes, at) & 0xFFFFFFFFL;
    }

    /** The 64-bit number as a signed long: negative if it is 2^63 or more. */
    static long i64(byte[] bytes, int at) {
        return (long) LONGS.get(bytes, at);
    }
}
