package io.zipmap.sql.pushdown;

import io.zipmap.stats.GroupedStats;
import java.util.EnumSet;
import java.util.Set;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;

/**
 * What an aggregate computes of some values: an aggregate of SQL, or a value of the buffers in which Spark aggregates.
 */
enum AggregateKind {
    COUNT(EnumSet.noneOf(GroupedStats.Part.class)),
    MIN(EnumSet.of(GroupedStats.Part.RANGE)),
    MAX(EnumSet.of(GroupedStats.Part.RANGE)),
    SUM(EnumSet.of(GroupedStats.Part.SUM)),
    /** The sum as a double, 0 for no value. */
    TOTAL(EnumSet.of(GroupedStats.Part.SUM)),
    /** The number of values as a double. */
    NUMBER(EnumSet.noneOf(GroupedStats.Part.class)),
    MEAN(EnumSet.of(GroupedStats.Part.MOMENTS)),
    /** The sum of the squared deviations from the mean. */
    DEVIATION(EnumSet.of(GroupedStats.Part.MOMENTS));

    private final Set<GroupedStats.Part> parts;

    AggregateKind(Set<GroupedStats.Part> parts) {
        this.parts = parts;
    }

    /** The statistics of groups that it needs. */
    Set<GroupedStats.Part> parts() {
        return parts;
    }

    /** Whether the value is a double that is never null. */
    private boolean isOfDoubles() {
        return this == TOTAL || this == NUMBER || this == MEAN || this == DEVIATION;
    }

    boolean isNullable() {
        return this != COUNT && !isOfDoubles();
    }

    /** The value for no row. */
    @Nullable
    Object valueOfNoRow() {
        if (this == COUNT) {
            return 0L;
        }
        return isOfDoubles() ? 0.0 : null;
    }

    /** @param of type of the values that are aggregated */
    DataType type(DataType of) {
        boolean isFloating = of.equals(DataTypes.FloatType) || of.equals(DataTypes.DoubleType);
        return switch (this) {
            case COUNT -> DataTypes.LongType;
            case SUM -> isFloating ? DataTypes.DoubleType : DataTypes.LongType;
            case MIN, MAX -> of;
            default -> DataTypes.DoubleType;
        };
    }
}
