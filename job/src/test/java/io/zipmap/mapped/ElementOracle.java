package io.zipmap.mapped;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.array.Dtype;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Reads the elements of an array in the simplest way, to compare a MappedArray with. */
final class ElementOracle {
    private final Dtype dtype;
    private final ByteBuffer bytes;
    private final int count;

    ElementOracle(Dtype dtype, byte[] bytes) {
        this.dtype = dtype;
        this.bytes = ByteBuffer.wrap(bytes).order(dtype.byteOrder());
        this.count = bytes.length / dtype.itemSize();
    }

    private long integer(int i) {
        switch (dtype.descr().substring(1)) {
            case "b1":
                return bytes.get(i) == 0 ? 0 : 1;
            case "i1":
                return bytes.get(i);
            case "u1":
                return Byte.toUnsignedInt(bytes.get(i));
            case "i2":
                return bytes.getShort(2 * i);
            case "u2":
                return Short.toUnsignedInt(bytes.getShort(2 * i));
            case "i4":
                return bytes.getInt(4 * i);
            case "u4":
                return Integer.toUnsignedLong(bytes.getInt(4 * i));
            default:
                return bytes.getLong(8 * i);
        }
    }

    private double real(int i) {
        if (dtype.kind() != Dtype.Kind.FLOAT) {
            boolean wide = dtype.kind() == Dtype.Kind.UINT && dtype.itemSize() == 8;
            return wide ? new BigInteger(Long.toUnsignedString(integer(i))).doubleValue() : (double) integer(i);
        }
        switch (dtype.itemSize()) {
            case 2:
                return half(bytes.getShort(2 * i));
            case 4:
                return bytes.getFloat(4 * i);
            default:
                return bytes.getDouble(8 * i);
        }
    }

    /** IEEE 754, section 3.4, by its formula. */
    static double half(short bits) {
        int exponent = bits >> 10 & 31;
        int fraction = bits & 1023;
        double sign = bits < 0 ? -1 : 1;
        if (exponent == 31) {
            return fraction == 0 ? sign * Double.POSITIVE_INFINITY : Double.NaN;
        }
        return exponent == 0
                ? sign * fraction * Math.pow(2, -24)
                : sign * (1024 + fraction) * Math.pow(2, exponent - 25);
    }

    public void compare(MappedArray array) throws IOException {
        boolean floating = dtype.kind() == Dtype.Kind.FLOAT;
        boolean narrow = dtype.itemSize() <= 2 || floating && dtype.itemSize() == 4;
        double[] reals = new double[count + 2];
        long[] integers = new long[count + 2];
        float[] floats = new float[count + 2];
        for (int from : new int[] {0, 1, count / 2, count}) {
            int n = count - from;
            Arrays.fill(reals, -9);
            array.read(from, reals, 1, n);
            assertThat(reals[0]).isEqualTo(-9);
            assertThat(reals[n + 1]).isEqualTo(-9);
            if (!floating) {
                array.read(from, integers, 1, n);
            }
            if (narrow) {
                array.read(from, floats, 1, n);
            }
            for (int i = 0; i < n; i++) {
                same(reals[i + 1], real(from + i), i);
                if (!floating && integers[i + 1] != integer(from + i)) {
                    assertThat(integers[i + 1]).as("long %d", i).isEqualTo(integer(from + i));
                }
                if (narrow) {
                    same(floats[i + 1], real(from + i), i);
                }
            }
        }
        for (int i = 0; i < count; i++) {
            same(array.getDouble(i), real(i), i);
            if (narrow) {
                same(array.getFloat(i), real(i), i);
            }
            if (!floating && array.getLong(i) != integer(i)) {
                assertThat(array.getLong(i)).as("long %d", i).isEqualTo(integer(i));
            }
            if (dtype.kind() == Dtype.Kind.BOOL) {
                assertThat(array.getBoolean(i)).isEqualTo(integer(i) != 0);
            }
        }
    }

    /** Bit by bit, but that one NaN is as good as another. */
    private static void same(double actual, double expected, int i) {
        if (Double.doubleToLongBits(actual) != Double.doubleToLongBits(expected)) {
            assertThat(actual).as("element %d", i).isEqualTo(expected);
        }
    }
}
