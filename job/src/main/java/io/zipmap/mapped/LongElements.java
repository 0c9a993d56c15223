package io.zipmap.mapped;

import io.zipmap.array.Dtype;
import java.nio.ByteBuffer;

/**
 * Elements of int64, uint64, datetime64 and timedelta64. A uint64 read as long is its 64 bits. Read as double, all are
 * rounded to the nearest double.
 */
final class LongElements extends Elements {
    private final boolean signed;

    LongElements(Dtype dtype) {
        super(dtype);
        this.signed = dtype.kind() != Dtype.Kind.UINT;
    }

    /**
     * Halves an unsigned value of 2^63 or more, which long cannot hold, and doubles the result. The lowest bit stays as
     * a sticky bit, so that the rounding is right.
     */
    private static double widen(long value, boolean signed) {
        return signed || value >= 0 ? value : ((value >>> 1) | (value & 1)) * 2.0;
    }

    @Override
    double doubleAt(ByteBuffer bytes, int at) {
        return widen(bytes.getLong(at), signed);
    }

    @Override
    long longAt(ByteBuffer bytes, int at) {
        return bytes.getLong(at);
    }

    @Override
    void readDoubles(ByteBuffer bytes, int at, double[] into, int offset, int count) {
        long[] chunk = new long[Math.min(count, CHUNK)];
        for (int done = 0; done < count; done += chunk.length) {
            int n = Math.min(chunk.length, count - done);
            bytes.asLongBuffer().get(at / 8 + done, chunk, 0, n);
            for (int i = 0; i < n; i++) {
                into[offset + done + i] = widen(chunk[i], signed);
            }
        }
    }

    @Override
    void readLongs(ByteBuffer bytes, int at, long[] into, int offset, int count) {
        bytes.asLongBuffer().get(at / 8, into, offset, count);
    }
}
