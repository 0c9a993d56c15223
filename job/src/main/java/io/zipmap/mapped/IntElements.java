package io.zipmap.mapped;

import io.zipmap.array.Dtype;
import java.nio.ByteBuffer;

/** Elements of int32 and uint32. */
final class IntElements extends Elements {
    private final long sign;

    IntElements(Dtype dtype) {
        super(dtype);
        this.sign = dtype.kind() == Dtype.Kind.INT ? 0x8000_0000L : 0;
    }

    private static long widen(int value, long sign) {
        return (value & 0xffff_ffffL) - ((value & sign) << 1);
    }

    @Override
    double doubleAt(ByteBuffer bytes, int at) {
        return widen(bytes.getInt(at), sign);
    }

    @Override
    long longAt(ByteBuffer bytes, int at) {
        return widen(bytes.getInt(at), sign);
    }

    @Override
    void readDoubles(ByteBuffer bytes, int at, double[] into, int offset, int count) {
        int[] chunk = new int[Math.min(count, CHUNK)];
        for (int done = 0; done < count; done += chunk.length) {
            int n = Math.min(chunk.length, count - done);
            bytes.asIntBuffer().get(at / 4 + done, chunk, 0, n);
            for (int i = 0; i < n; i++) {
                into[offset + done + i] = widen(chunk[i], sign);
            }
        }
    }

    @Override
    void readLongs(ByteBuffer bytes, int at, long[] into, int offset, int count) {
        int[] chunk = new int[Math.min(count, CHUNK)];
        for (int done = 0; done < count; done += chunk.length) {
            int n = Math.min(chunk.length, count - done);
            bytes.asIntBuffer().get(at / 4 + done, chunk, 0, n);
            for (int i = 0; i < n; i++) {
                into[offset + done + i] = widen(chunk[i], sign);
            }
        }
    }
}
