package io.zipmap.sql.vector;

import io.zipmap.stats.ValueStats;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Decimal;

/**
 * uint64 as DECIMAL(20, 0), never null: 0 to 2^64 - 1. Spark has no smaller type for it. Each value read is a new
 * object.
 */
final class UnsignedLongVector extends PlainVector {
    private static final BigInteger TWO_TO_64 = BigInteger.ONE.shiftLeft(Long.SIZE);

    private final long[] values;
    private final int base;
    private final int stride;

    UnsignedLongVector(long[] values, int base, int stride) {
        super(DataTypes.createDecimalType(20, 0));
        this.values = values;
        this.base = base;
        this.stride = stride;
    }

    @Override
    public Decimal getDecimal(int rowId, int precision, int scale) {
        long bits = values[base + rowId * stride];
        if (bits >= 0) {
            return Decimal.apply(bits, precision, scale);
        }
        BigInteger value = BigInteger.valueOf(bits).add(TWO_TO_64);
        return Decimal.apply(new BigDecimal(value), precision, scale);
    }

    @Override
    int select(KeySet set, int[] rows, int count) {
        int kept = 0;
        for (int j = 0; j < count; j++) {
            int row = rows[j];
            rows[kept] = row;
            kept += set.contains(KeySet.unsignedKey(values[base + row * stride])) ? 1 : 0;
        }
        return kept;
    }

    @Override
    public void addTo(ValueStats stats, int[] rows, int count) {
        stats.add(values, base, stride, rows, count);
    }
}
