package io.zipmap.stats;

/**
 * A number with twice the precision of double: the unevaluated sum {@code hi + lo} (Dekker 1971; Hida, Li and Bailey
 * 2001). For NaN and infinities, {@code hi} is the value and {@code lo} is 0. Immutable.
 */
final class DoubleDouble {
    final double hi;
    final double lo;

    private DoubleDouble(double hi, double lo) {
        this.hi = hi;
        this.lo = lo;
    }

    /** The exact sum of two doubles. */
    static DoubleDouble sum(double a, double b) {
        double s = a + b;
        double t = s - a;
        double error = (a - (s - t)) + (b - t);
        return new DoubleDouble(s, Double.isFinite(s) ? error : 0);
    }

    /** The exact product of two doubles, unless it underflows. */
    static DoubleDouble product(double a, double b) {
        double p = a * b;
        return new DoubleDouble(p, Double.isFinite(p) ? Math.fma(a, b, -p) : 0);
    }

    /** The exact value of a long. */
    static DoubleDouble of(long value) {
        return sum((double) (value >> 32) * 0x1p32, (double) (value & 0xffffffffL));
    }

    /** {@code hi * 2^64 + lo} with an unsigned {@code lo}, rounded to 106 bits. */
    static DoubleDouble ofWide(long hi, long lo) {
        DoubleDouble high = of(hi);
        DoubleDouble low = sum((double) (lo >>> 32) * 0x1p32, (double) (lo & 0xffffffffL));
        return new DoubleDouble(high.hi * 0x1p64, high.lo * 0x1p64).plus(low);
    }

    DoubleDouble plus(DoubleDouble other) {
        DoubleDouble high = sum(hi, other.hi);
        DoubleDouble low = sum(lo, other.lo);
        DoubleDouble first = sum(high.hi, high.lo + low.hi);
        return sum(first.hi, first.lo + low.lo);
    }

    DoubleDouble minus(DoubleDouble other) {
        return plus(new DoubleDouble(-other.hi, -other.lo));
    }

    DoubleDouble times(DoubleDouble other) {
        DoubleDouble high = product(hi, other.hi);
        return Double.isFinite(high.hi) ? sum(high.hi, high.lo + (hi * other.lo + lo * other.hi)) : high;
    }

    /** @param divisor an integer, at most 2^53 */
    DoubleDouble dividedBy(double divisor) {
        double quotient = hi / divisor;
        if (!Double.isFinite(quotient)) {
            return new DoubleDouble(quotient, 0);
        }
        double rest = Math.fma(-quotient, divisor, hi) + lo;
        return sum(quotient, rest / divisor);
    }

    /** The nearest long, saturated; may be off by half a unit. */
    long toLong() {
        long whole = (long) hi;
        long part = Math.round(lo + (hi - (double) whole));
        long sum = whole + part;
        return ((whole ^ sum) & (part ^ sum)) < 0 ? whole : sum;
    }
}
