package io.zipmap.mapped;

import io.zipmap.array.Dtype;
import java.nio.ByteBuffer;

/** Elements of int8, uint8 and bool. Any byte of a bool but 0 is true. */
final class ByteElements extends Elements {
    private final boolean bool;
    private final int sign;

    ByteElements(Dtype dtype) {
        super(dtype);
        this.bool = dtype.kind() == Dtype.Kind.BOOL;
        this.sign = dtype.kind() == Dtype.Kind.INT ? 0x80 : 0;
    }

    /** Widens without a branch. If {@code sign} has the top bit, that bit counts -128, else 128. */
    private static int widen(byte value, int sign) {
        return (value & 0xff) - ((value & sign) << 1);
    }

    private static byte truth(byte value) {
        return (byte) (value == 0 ? 0 : 1);
    }

    private int value(byte value) {
        return widen(bool ? truth(value) : value, sign);
    }

    private void fill(ByteBuffer bytes, int at, byte[] chunk, int count) {
        bytes.get(at, chunk, 0, count);
        if (bool) {
            for (int i = 0; i < count; i++) {
                chunk[i] = truth(chunk[i]);
            }
        }
    }

    @Override
    boolean booleanAt(ByteBuffer bytes, int at) {
        return bool ? bytes.get(at) != 0 : super.booleanAt(bytes, at);
    }

    @Override
    double doubleAt(ByteBuffer bytes, int at) {
        return value(bytes.get(at));
    }

    @Override
    float floatAt(ByteBuffer bytes, int at) {
        return value(bytes.get(at));
    }

    @Override
    long longAt(ByteBuffer bytes, int at) {
        return value(bytes.get(at));
    }

    @Override
    void readDoubles(ByteBuffer bytes, int at, double[] into, int offset, int count) {
        byte[] chunk = new byte[Math.min(count, CHUNK)];
        for (int done = 0; done < count; done += chunk.length) {
            int n = Math.min(chunk.length, count - done);
            fill(bytes, at + done, chunk, n);
            for (int i = 0; i < n; i++) {
                into[offset + done + i] = widen(chunk[i], sign);
            }
        }
    }

    @Override
    void readFloats(ByteBuffer bytes, int at, float[] into, int offset, int count) {
        byte[] chunk = new byte[Math.min(count, CHUNK)];
        for (int done = 0; done < count; done += chunk.length) {
            int n = Math.min(chunk.length, count - done);
            fill(bytes, at + done, chunk, n);
            for (int i = 0; i < n; i++) {
                into[offset + done + i] = widen(chunk[i], sign);
            }
        }
    }

    @Override
    void readLongs(ByteBuffer bytes, int at, long[] into, int offset, int count) {
        byte[] chunk = new byte[Math.min(count, CHUNK)];
        for (int done = 0; done < count; done += chunk.length) {
            int n = Math.min(chunk.length, count - done);
            fill(bytes, at + done, chunk, n);
            for (int i = 0; i < n; i++) {
                into[offset + done + i] = widen(chunk[i], sign);
            }
        }
    }
}
