package io.zipmap.sql.pushdown;

import io.zipmap.sql.vector.Operation;
import java.math.BigInteger;
import java.util.Optional;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** The range of integers in which all values of an expression are: so it is known that none overflows. Immutable. */
final class IntegerRange {
    private final BigInteger least;
    private final BigInteger most;

    private IntegerRange(BigInteger least, BigInteger most) {
        this.least = least;
        this.most = most;
    }

    static IntegerRange of(long value) {
        return new IntegerRange(BigInteger.valueOf(value), BigInteger.valueOf(value));
    }

    /** All integers of so many bits. */
    static IntegerRange ofBits(int bits, boolean isSigned) {
        BigInteger end = BigInteger.ONE.shiftLeft(isSigned ? bits - 1 : bits);
        return new IntegerRange(isSigned ? end.negate() : BigInteger.ZERO, end.subtract(BigInteger.ONE));
    }

    /** All values of a type of integers, or of BOOLEAN as 0 and 1; empty for another type. */
    static Optional<IntegerRange> of(DataType type) {
        int bits = type.equals(DataTypes.ByteType)
                ? Byte.SIZE
                : type.equals(DataTypes.ShortType)
                        ? Short.SIZE
                        : type.equals(DataTypes.IntegerType)
                                ? Integer.SIZE
                                : type.equals(DataTypes.LongType) ? Long.SIZE : 0;
        if (bits > 0) {
            return Optional.of(ofBits(bits, true));
        }
        return type.equals(DataTypes.BooleanType) ? Optional.of(ofBits(1, false)) : Optional.empty();
    }

    /** The range of the results of an operation on values of this range and of another; empty if it is not known. */
    Optional<IntegerRange> combine(Operation operation, IntegerRange other) {
        return switch (operation) {
            case ADD -> Optional.of(new IntegerRange(least.add(other.least), most.add(other.most)));
            case SUBTRACT -> Optional.of(new IntegerRange(least.subtract(other.most), most.subtract(other.least)));
            case MULTIPLY -> {
                BigInteger a = least.multiply(other.least);
                BigInteger b = least.multiply(other.most);
                BigInteger c = most.multiply(other.least);
                BigInteger d = most.multiply(other.most);
                yield Optional.of(
                        new IntegerRange(a.min(b).min(c.min(d)), a.max(b).max(c.max(d))));
            }
            case REMAINDER -> {
                BigInteger end = other.least.subtract(BigInteger.ONE);
                yield other.least.signum() > 0 && other.least.equals(other.most)
                        ? Optional.of(new IntegerRange(least.signum() < 0 ? end.negate() : BigInteger.ZERO, end))
                        : Optional.empty();
            }
            default -> Optional.empty();
        };
    }

    /** The range of the absolute values. */
    IntegerRange absolute() {
        return new IntegerRange(BigInteger.ZERO, magnitude());
    }

    private BigInteger magnitude() {
        return least.abs().max(most.abs());
    }

    /** Whether all integers of this range are values of the type. */
    boolean fits(DataType type) {
        return of(type).filter(all -> all.least.compareTo(least) <= 0 && all.most.compareTo(most) >= 0)
                .isPresent();
    }

    /** Whether each sum of so many values of this range is a bigint. */
    boolean fitsSumOf(long values) {
        return magnitude().multiply(BigInteger.valueOf(values)).bitLength() < Long.SIZE;
    }
}
