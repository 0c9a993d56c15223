package io.zipmap.mapped;

import io.zipmap.array.Dtype;
import java.nio.ByteBuffer;

/** float64. */
final class DoubleElements extends Elements {
    DoubleElements(Dtype dtype) {
        super(dtype);
    }

    @Override
    public double doubleAt(ByteBuffer window, int at) {
        return window.getDouble(at);
    }

    @Override
    void read(ByteBuffer window, int at, double[] into, int offset, int count) {
        window.asDoubleBuffer().get(at / 8, into, offset, count);
    }
}
