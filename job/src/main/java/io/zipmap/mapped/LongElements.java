package io.zipmap.mapped;

import io.zipmap.array.Dtype;
import java.nio.ByteBuffer;

/**
 * int64, the counts of datetime64 and timedelta64, and uint64; the latter as its 64 bits, or as the double next to it.
 */
final class LongElements extends Elements {
    private final boolean signed;

    LongElements(Dtype dtype) {
        super(dtype);
        this.signed = dtype.kind() != Dtype.Kind.UINT;
    }

    /**
     * Halves a value of 2^63 or more and keeps the bit that falls off as a sticky one, so that rounding is still right.
     */
    private static double widen(long value, boolean signed) {
        return signed || value >= 0 ? value : ((value >>> 1) | (value & 1)) * 2.0;
    }

    @Override
    public double doubleAt(ByteBuffer window, int at) {
        return widen(window.getLong(at), signed);
    }

    @Override
    long longAt(ByteBuffer window, int at) {
        return window.getLong(at);
    }

    @Override
    void read(ByteBuffer window, int at, double[] into, int offset, int count) {
        long[] chunk = new long[Math.min(count, CHUNK)];
        for (int done = 0; done < count; done += chunk.length) {
            int n = Math.min(chunk.length, count - done);
            window.asLongBuffer().get(at / 8 + done, chunk, 0, n);
            for (int i = 0; i < n; i++) {
                into[offset + done + i] = widen(chunk[i], signed);
            }
        }
    }

    @Override
    void read(ByteBuffer window, int at, long[] into, int offset, int count) {
        window.asLongBuffer().get(at / 8, into, offset, count);
    }
}
