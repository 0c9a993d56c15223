package io.zipmap.mapped;

import io.zipmap.array.Dtype;
import java.nio.ByteBuffer;

/** Elements of int16 and uint16. */
final class ShortElements extends Elements {
    private final int sign;

    ShortElements(Dtype dtype) {
        super(dtype);
        this.sign = dtype.kind() == Dtype.Kind.INT ? 0x8000 : 0;
    }

    private static int widen(short value, int sign) {
        return (value & 0xffff) - ((value & sign) << 1);
    }

    @Override
    double doubleAt(ByteBuffer bytes, int at) {
        return widen(bytes.getShort(at), sign);
    }

    @Override
    float floatAt(ByteBuffer bytes, int at) {
        return widen(bytes.getShort(at), sign);
    }

    @Override
    long longAt(ByteBuffer bytes, int at) {
        return widen(bytes.getShort(at), sign);
    }

    @Override
    void readDoubles(ByteBuffer bytes, int at, double[] into, int offset, int count) {
        short[] chunk = new short[Math.min(count, CHUNK)];
        for (int done = 0; done < count; done += chunk.length) {
            int n = Math.min(chunk.length, count - done);
            bytes.asShortBuffer().get(at / 2 + done, chunk, 0, n);
            for (int i = 0; i < n; i++) {
                into[offset + done + i] = widen(chunk[i], sign);
            }
        }
    }

    @Override
    void readFloats(ByteBuffer bytes, int at, float[] into, int offset, int count) {
        short[] chunk = new short[Math.min(count, CHUNK)];
        for (int done = 0; done < count; done += chunk.length) {
            int n = Math.min(chunk.length, count - done);
            bytes.asShortBuffer().get(at / 2 + done, chunk, 0, n);
            for (int i = 0; i < n; i++) {
                into[offset + done + i] = widen(chunk[i], sign);
            }
        }
    }

    @Override
    void readLongs(ByteBuffer bytes, int at, long[] into, int offset, int count) {
        short[] chunk = new short[Math.min(count, CHUNK)];
        for (int done = 0; done < count; done += chunk.length) {
            int n = Math.min(chunk.length, count - done);
            bytes.asShortBuffer().get(at / 2 + done, chunk, 0, n);
            for (int i = 0; i < n; i++) {
                into[offset + done + i] = widen(chunk[i], sign);
            }
        }
    }
}
