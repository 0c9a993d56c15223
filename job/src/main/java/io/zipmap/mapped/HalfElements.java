package io.zipmap.mapped;

import io.zipmap.array.Dtype;
import java.nio.ByteBuffer;

/** float16, IEEE 754 binary16: every value of it is a float. */
final class HalfElements extends Elements {
    private static final float REBIAS = 0x1p112f;
    private static final int EXPONENT = 0x7c00;

    HalfElements(Dtype dtype) {
        super(dtype);
    }

    /**
     * The bits moved into place have an exponent that is 112 too small, for subnormals too; 31 means infinity or NaN.
     */
    static float widen(short half) {
        int magnitude = Float.floatToRawIntBits(Float.intBitsToFloat((half & 0x7fff) << 13) * REBIAS);
        int special = (half & EXPONENT) == EXPONENT ? 0x7f80_0000 : 0;
        return Float.intBitsToFloat(magnitude | special | (half & 0x8000) << 16);
    }

    @Override
    public double doubleAt(ByteBuffer window, int at) {
        return widen(window.getShort(at));
    }

    @Override
    float floatAt(ByteBuffer window, int at) {
        return widen(window.getShort(at));
    }

    @Override
    void read(ByteBuffer window, int at, double[] into, int offset, int count) {
        short[] chunk = new short[Math.min(count, CHUNK)];
        for (int done = 0; done < count; done += chunk.length) {
            int n = Math.min(chunk.length, count - done);
            window.asShortBuffer().get(at / 2 + done, chunk, 0, n);
            for (int i = 0; i < n; i++) {
                into[offset + done + i] = widen(chunk[i]);
            }
        }
    }

    @Override
    void read(ByteBuffer window, int at, float[] into, int offset, int count) {
        short[] chunk = new short[Math.min(count, CHUNK)];
        for (int done = 0; done < count; done += chunk.length) {
            int n = Math.min(chunk.length, count - done);
            window.asShortBuffer().get(at / 2 + done, chunk, 0, n);
            for (int i = 0; i < n; i++) {
                into[offset + done + i] = widen(chunk[i]);
            }
        }
    }
}
