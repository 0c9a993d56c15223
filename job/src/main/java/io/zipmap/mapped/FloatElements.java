package io.zipmap.mapped;

import io.zipmap.array.Dtype;
import java.nio.ByteBuffer;

/** Elements of float32. */
final class FloatElements extends Elements {
    FloatElements(Dtype dtype) {
        super(dtype);
    }

    @Override
    double doubleAt(ByteBuffer bytes, int at) {
        return bytes.getFloat(at);
    }

    @Override
    float floatAt(ByteBuffer bytes, int at) {
        return bytes.getFloat(at);
    }

    @Override
    void readDoubles(ByteBuffer bytes, int at, double[] into, int offset, int count) {
        float[] chunk = new float[Math.min(count, CHUNK)];
        for (int done = 0; done < count; done += chunk.length) {
            int n = Math.min(chunk.length, count - done);
            bytes.asFloatBuffer().get(at / 4 + done, chunk, 0, n);
            for (int i = 0; i < n; i++) {
                into[offset + done + i] = chunk[i];
            }
        }
    }

    @Override
    void readFloats(ByteBuffer bytes, int at, float[] into, int offset, int count) {
        bytes.asFloatBuffer().get(at / 4, into, offset, count);
    }
}
