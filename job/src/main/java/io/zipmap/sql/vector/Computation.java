package io.zipmap.sql.vector;

import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.jspecify.annotations.Nullable;

/**
 * Computes values from the vectors of a batch, and holds the last ones. Values are floats, doubles or, for integers of
 * any type, longs; the caller knows that no integer overflows. Not thread-safe.
 */
public final class Computation {
    private final List<Computation> operands;
    private final @Nullable Loop loop;
    private final PlainVector result;

    /** Computes the values of some rows, each at the index of its row. */
    @FunctionalInterface
    private interface Loop {
        void compute(int[] rows, int count);
    }

    private Computation(List<Computation> operands, @Nullable Loop loop, PlainVector result) {
        this.operands = operands;
        this.loop = loop;
        this.result = result;
    }

    /** The values of a vector as they are. */
    public static Computation of(ColumnVector column) {
        return new Computation(List.of(), null, (PlainVector) column);
    }

    /** One value for all rows. */
    public static Computation of(Number value, DataType type) {
        if (type.equals(DataTypes.FloatType)) {
            return of(new FloatVector(new float[] {value.floatValue()}, 0, 0));
        }
        return of(
                type.equals(DataTypes.DoubleType)
                        ? new DoubleVector(new double[] {value.doubleValue()}, 0, 0)
                        : new LongVector(new long[] {value.longValue()}, 0, 0));
    }

    /**
     * @param type of the results
     * @param operands whose results are of the type that the operation needs
     * @param capacity the most rows of a batch
     */
    public static Computation of(Operation operation, DataType type, List<Computation> operands, int capacity) {
        PlainVector first = operands.get(0).result;
        if (type.equals(DataTypes.FloatType)) {
            float[] to = new float[capacity];
            return new Computation(operands, floats(operation, first, operands, to), new FloatVector(to, 0, 1));
        }
        if (type.equals(DataTypes.DoubleType)) {
            double[] to = new double[capacity];
            return new Computation(operands, doubles(operation, first, operands, to), new DoubleVector(to, 0, 1));
        }
        long[] to = new long[capacity];
        return new Computation(operands, longs(operation, type, first, operands, to), new LongVector(to, 0, 1));
    }

    private static Loop floats(Operation operation, PlainVector first, List<Computation> operands, float[] to) {
        return switch (operation) {
            case CAST -> (rows, count) -> first.copyTo(to, rows, count);
            case ABSOLUTE -> (rows, count) -> ((FloatVector) first).absolute(to, rows, count);
            default -> {
                FloatVector second = (FloatVector) operands.get(1).result;
                yield (rows, count) -> ((FloatVector) first).combine(operation, second, to, rows, count);
            }
        };
    }

    private static Loop doubles(Operation operation, PlainVector first, List<Computation> operands, double[] to) {
        return switch (operation) {
            case CAST -> (rows, count) -> first.copyTo(to, rows, count);
            case ABSOLUTE -> (rows, count) -> ((DoubleVector) first).absolute(to, rows, count);
            case SQUARE_ROOT -> (rows, count) -> ((DoubleVector) first).squareRoot(to, rows, count);
            default -> {
                DoubleVector second = (DoubleVector) operands.get(1).result;
                yield (rows, count) -> ((DoubleVector) first).combine(operation, second, to, rows, count);
            }
        };
    }

    private static Loop longs(
            Operation operation, DataType type, PlainVector first, List<Computation> operands, long[] to) {
        return switch (operation) {
            case CAST -> (rows, count) -> first.copyTo(to, rows, count);
            case NARROW -> (rows, count) -> first.narrow(type, to, rows, count);
            case ABSOLUTE -> (rows, count) -> ((LongVector) first).absolute(to, rows, count);
            case FLOOR, CEIL -> (rows, count) -> ((DoubleVector) first).round(operation, to, rows, count);
            default -> {
                LongVector second = (LongVector) operands.get(1).result;
                yield (rows, count) -> ((LongVector) first).combine(operation, second, to, rows, count);
            }
        };
    }

    /**
     * Computes the values of some rows.
     *
     * @return the vector of the values; the same object each time. Other rows have no meaning
     */
    public PlainVector compute(int[] rows, int count) {
        for (Computation operand : operands) {
            operand.compute(rows, count);
        }
        if (loop != null) {
            loop.compute(rows, count);
        }
        return result;
    }
}
