package io.zipmap.mapped;

import io.zipmap.array.Dtype;
import java.nio.ByteBuffer;

/** Elements of float16, which is IEEE 754 binary16. A float holds each of its values. */
final class HalfElements extends Elements {
    private static final float REBIAS = 0x1p112f;
    private static final int EXPONENT = 0x7c00;

    HalfElements(Dtype dtype) {
        super(dtype);
    }

    /**
     * Shifts the bits to where a float has them. The exponent is then 112 too small, also of subnormals, which a
     * multiplication corrects. Exponent 31 means infinity or NaN.
     */
    static float widen(short half) {
        int magnitude = Float.floatToRawIntBits(Float.intBitsToFloat((half & 0x7fff) << 13) * REBIAS);
        int special = (half & EXPONENT) == EXPONENT ? 0x7f80_0000 : 0;
        return Float.intBitsToFloat(magnitude | special | (half & 0x8000) << 16);
    }

    @Override
    double doubleAt(ByteBuffer bytes, int at) {
        return widen(bytes.getShort(at));
    }

    @Override
    float floatAt(ByteBuffer bytes, int at) {
        return widen(bytes.getShort(at));
    }

    @Override
    void readDoubles(ByteBuffer bytes, int at, double[] into, int offset, int count) {
        short[] chunk = new short[Math.min(count, CHUNK)];
        for (int done = 0; done < count; done += chunk.length) {
            int n = Math.min(chunk.length, count - done);
            bytes.asShortBuffer().get(at / 2 + done, chunk, 0, n);
            for (int i = 0; i < n; i++) {
                into[offset + done + i] = widen(chunk[i]);
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
                into[offset + done + i] = widen(chunk[i]);
            }
        }
    }
}
