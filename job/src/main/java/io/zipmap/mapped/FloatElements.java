package io.zipmap.mapped;

import io.zipmap.array.Dtype;
import java.nio.ByteBuffer;

/** float32. */
final class FloatElements extends Elements {
    FloatElements(Dtype dtype) {
        super(dtype);
    }

    @Override
    public double doubleAt(ByteBuffer window, int at) {
        return window.getFloat(at);
    }

    @Override
    float floatAt(ByteBuffer window, int at) {
        return window.getFloat(at);
    }

    @Override
    void read(ByteBuffer window, int at, double[] into, int offset, int count) {
        float[] chunk = new float[Math.min(count, CHUNK)];
        for (int done = 0; done < count; done += chunk.length) {
            int n = Math.min(chunk.length, count - done);
            window.asFloatBuffer().get(at / 4 + done, chunk, 0, n);
            for (int i = 0; i < n; i++) {
                into[offset + done + i] = chunk[i];
            }
        }
    }

    @Override
    void read(ByteBuffer window, int at, float[] into, int offset, int count) {
        window.asFloatBuffer().get(at / 4, into, offset, count);
    }
}
