package io.zipmap.mapped;

import io.zipmap.array.Dtype;
import java.nio.ByteBuffer;

/** int8, uint8 and bool, of which any byte but 0 is true. */
final class ByteElements extends Elements {
    private final boolean bool;
    private final int sign;

    ByteElements(Dtype dtype) {
        super(dtype);
        this.bool = dtype.kind() == Dtype.Kind.BOOL;
        this.sign = dtype.kind() == Dtype.Kind.INT ? 0x80 : 0;
    }

    /** Signed or not without a branch: the top bit counts -128 where it is a sign, 128 where it is not. */
    private static int widen(byte value, int sign) {
        return (value & 0xff) - ((value & sign) << 1);
    }

    private static byte truth(byte value) {
        return (byte) (value == 0 ? 0 : 1);
    }

    private int value(byte value) {
        return widen(bool ? truth(value) : value, sign);
    }

    private void fill(ByteBuffer window, int at, byte[] chunk, int count) {
        window.get(at, chunk, 0, count);
        if (bool) {
            for (int i = 0; i < count; i++) {
                chunk[i] = truth(chunk[i]);
            }
        }
    }

    @Override
    boolean booleanAt(ByteBuffer window, int at) {
        return bool ? window.get(at) != 0 : super.booleanAt(window, at);
    }

    @Override
    public double doubleAt(ByteBuffer window, int at) {
        return value(window.get(at));
    }

    @Override
    float floatAt(ByteBuffer window, int at) {
        return value(window.get(at));
    }

    @Override
    long longAt(ByteBuffer window, int at) {
        return value(window.get(at));
    }

    @Override
    void read(ByteBuffer window, int at, double[] into, int offset, int count) {
        byte[] chunk = new byte[Math.min(count, CHUNK)];
        for (int done = 0; done < count; done += chunk.length) {
            int n = Math.min(chunk.length, count - done);
            fill(window, at + done, chunk, n);
            for (int i = 0; i < n; i++) {
                into[offset + done + i] = widen(chunk[i], sign);
            }
        }
    }

    @Override
    void read(ByteBuffer window, int at, float[] into, int offset, int count) {
        byte[] chunk = new byte[Math.min(count, CHUNK)];
        for (int done = 0; done < count; done += chunk.length) {
            int n = Math.min(chunk.length, count - done);
            fill(window, at + done, chunk, n);
            for (int i = 0; i < n; i++) {
                into[offset + done + i] = widen(chunk[i], sign);
            }
        }
    }

    @Override
    void read(ByteBuffer window, int at, long[] into, int offset, int count) {
        byte[] chunk = new byte[Math.min(count, CHUNK)];
        for (int done = 0; done < count; done += chunk.length) {
            int n = Math.min(chunk.length, count - done);
            fill(window, at + done, chunk, n);
            for (int i = 0; i < n; i++) {
                into[offset + done + i] = widen(chunk[i], sign);
            }
        }
    }
}
