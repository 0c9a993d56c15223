package io.zipmap.mapped;

import io.zipmap.array.Dtype;
import java.nio.ByteBuffer;

/** Elements of float64. */
final class DoubleElements extends Elements {
    DoubleElements(Dtype dtype) {
        super(dtype);
    }

    @Override
    double doubleAt(ByteBuffer bytes, int at) {
        return bytes.getDouble(at);
    }

    @Override
    void readDoubles(ByteBuffer bytes, int at, double[] into, int offset, int count) {
        bytes.asDoubleBuffer().get(at / 8, into, offset, count);
    }
}
