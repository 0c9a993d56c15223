package io.zipmap.sql.vector;

import java.util.Arrays;
import java.util.Collection;
import java.util.TreeSet;
import org.apache.spark.sql.vectorized.ColumnVector;

/**
 * Numbers, bools and times, as ranges of keys. The keys of one type are longs in the order that Spark gives the values:
 * integers and microseconds are their own keys, false and true are 0 and 1, uint64 is its value minus 2^63, and the
 * bits of floats are mapped so that -0.0 equals 0.0 and NaN is greater than all numbers. Immutable.
 */
public final class KeySet extends ValueSet {
    private static final long serialVersionUID = 1L;

    private final long[] least;
    private final long[] most;
    private final boolean hasNull;

    /** The first key, and the last one minus the first as an unsigned number plus {@code Long.MIN_VALUE}. */
    private final long first;

    private final long span;
    private final boolean isOneRange;

    /** @param least sorted; each range ends at {@code most} of the same index, included, before the next begins */
    private KeySet(long[] least, long[] most, boolean hasNull) {
        this.least = least;
        this.most = most;
        this.hasNull = hasNull;
        this.first = least.length == 0 ? 0 : least[0];
        this.span = least.length == 0 ? 0 : most[most.length - 1] - first + Long.MIN_VALUE;
        this.isOneRange = least.length == 1;
    }

    /** Null alone. */
    public static KeySet ofNull() {
        return new KeySet(new long[0], new long[0], true);
    }

    /** All values but null. */
    public static KeySet notNull() {
        return range(Long.MIN_VALUE, Long.MAX_VALUE);
    }

    /** No value. */
    public static KeySet none() {
        return new KeySet(new long[0], new long[0], false);
    }

    private static KeySet range(long least, long most) {
        return new KeySet(new long[] {least}, new long[] {most}, false);
    }

    /** The values that are less than the one of a key. */
    public static KeySet below(long key) {
        return key == Long.MIN_VALUE ? none() : range(Long.MIN_VALUE, key - 1);
    }

    /** The values that are not greater than the one of a key. */
    public static KeySet upTo(long key) {
        return range(Long.MIN_VALUE, key);
    }

    /** The values of these keys. */
    public static KeySet of(Collection<Long> keys) {
        long[] sorted = new TreeSet<>(keys).stream().mapToLong(Long::longValue).toArray();
        return new KeySet(sorted, sorted, false);
    }

    /** All values that this set has not, without null. */
    public KeySet complement() {
        long[] from = new long[least.length + 1];
        long[] to = new long[least.length + 1];
        int count = 0;
        long next = Long.MIN_VALUE;
        boolean isOpen = true;
        for (int i = 0; i < least.length && isOpen; i++) {
            if (least[i] > next) {
                from[count] = next;
                to[count] = least[i] - 1;
                count++;
            }
            isOpen = most[i] < Long.MAX_VALUE;
            next = most[i] + 1;
        }
        if (isOpen) {
            from[count] = next;
            to[count] = Long.MAX_VALUE;
            count++;
        }
        return new KeySet(Arrays.copyOf(from, count), Arrays.copyOf(to, count), false);
    }

    /** This set and null. */
    public KeySet orNull() {
        return new KeySet(least, most, true);
    }

    /** The values of this set and those of another. */
    public KeySet union(KeySet other) {
        long[] from = new long[least.length + other.least.length];
        long[] to = new long[from.length];
        int count = 0;
        for (int i = 0, j = 0; i + j < from.length; ) {
            boolean isMine = j == other.least.length || i < least.length && least[i] <= other.least[j];
            long low = isMine ? least[i] : other.least[j];
            long high = isMine ? most[i++] : other.most[j++];
            if (count > 0 && low <= to[count - 1]) {
                to[count - 1] = Math.max(to[count - 1], high);
            } else if (count > 0 && low == to[count - 1] + 1) {
                to[count - 1] = high;
            } else {
                from[count] = low;
                to[count] = high;
                count++;
            }
        }
        return new KeySet(Arrays.copyOf(from, count), Arrays.copyOf(to, count), hasNull || other.hasNull);
    }

    /** The values that both sets have. */
    public KeySet intersection(KeySet other) {
        KeySet both = complement().union(other.complement()).complement();
        return hasNull && other.hasNull ? both.orNull() : both;
    }

    public static long key(float value) {
        // -0.0 + 0.0 is 0.0, and floatToIntBits has one NaN, which is positive.
        int bits = Float.floatToIntBits(value + 0.0f);
        return bits ^ ((bits >> 31) >>> 1);
    }

    public static long key(double value) {
        long bits = Double.doubleToLongBits(value + 0.0);
        return bits ^ ((bits >> 63) >>> 1);
    }

    /** @param bits of a uint64 */
    public static long unsignedKey(long bits) {
        return bits ^ Long.MIN_VALUE;
    }

    boolean hasNull() {
        return hasNull;
    }

    /** Whether the keys are all those from {@link #least} to {@link #most}. */
    boolean isOneRange() {
        return isOneRange;
    }

    /** The least key of a set that is not empty. */
    long least() {
        return least[0];
    }

    /** The greatest key of a set that is not empty. */
    long most() {
        return most[most.length - 1];
    }

    /** Whether this set has all values but null, or none of them. */
    boolean isDecidedByNull() {
        return least.length == 0 || isOneRange && least[0] == Long.MIN_VALUE && most[0] == Long.MAX_VALUE;
    }

    boolean contains(long key) {
        return key - first + Long.MIN_VALUE <= span && (isOneRange || isInRange(key));
    }

    private boolean isInRange(long key) {
        int found = Arrays.binarySearch(least, key);
        int range = found >= 0 ? found : -found - 2;
        return range >= 0 && key <= most[range];
    }

    @Override
    public int select(ColumnVector column, int[] rows, int count) {
        return ((PlainVector) column).select(this, rows, count);
    }

    @Override
    public int selectAll(ColumnVector column, int[] rows, int count) {
        return ((PlainVector) column).selectAll(this, rows, count);
    }
}
