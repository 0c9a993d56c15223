package io.zipmap.sql.pushdown;

import io.zipmap.sql.catalog.ColumnRef;
import io.zipmap.sql.catalog.MetadataField;
import io.zipmap.sql.catalog.RowSlice;
import io.zipmap.stats.ColumnStats;
import io.zipmap.stats.GroupedStats;
import java.io.Serializable;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;

/**
 * COUNT, MIN, MAX or SUM of one expression, COUNT(*), or a value of the buffers in which Spark aggregates. A scan
 * computes it for one slice or for a group of rows, and Spark merges the results. {@link PushedFunctionTranslator}
 * makes it. Immutable.
 */
public final class PushedFunction implements Serializable {
    private static final long serialVersionUID = 1L;

    private final AggregateKind kind;
    private final @Nullable ValueExpression value;

    /** @param value null for COUNT(*) */
    PushedFunction(AggregateKind kind, @Nullable ValueExpression value) {
        this.kind = kind;
        this.value = value;
    }

    /** The expression whose values must be read; empty if the headers of the arrays give the answer. */
    Optional<ValueExpression> value() {
        return Optional.ofNullable(value).filter(known -> !isCount() && !isHidden());
    }

    /** The {@link #value} as a column. */
    Optional<ColumnRef> valueColumn() {
        return value().flatMap(ValueExpression::column);
    }

    private boolean isCount() {
        return kind == AggregateKind.COUNT;
    }

    private boolean isHidden() {
        return value != null && value.column().filter(ColumnRef::isHidden).isPresent();
    }

    /** Whether the statistics of slices give the value. */
    boolean isOfStatistics() {
        return value().stream().allMatch(ValueExpression::hasStatistics);
    }

    /** Whether the value depends on the numbers of the rows: the least or greatest {@code _row}. */
    boolean isOfRowNumbers() {
        return !isCount() && isHidden();
    }

    /** Whether the value is known of rows of several archives together. */
    boolean canBeGrouped() {
        return isCount() ? !isOfEntries() : value == null || value.canBeGrouped();
    }

    /** The statistics of groups that it needs. */
    Set<GroupedStats.Part> parts() {
        return kind.parts();
    }

    /** Whether the value may be null. */
    boolean isNullable() {
        return kind.isNullable();
    }

    /** The value of this function for no row. */
    @Nullable
    Object valueOfNoRow() {
        return kind.valueOfNoRow();
    }

    public DataType type() {
        return kind.type(value == null ? DataTypes.LongType : value.type());
    }

    /**
     * The value of this function for a slice of at least one row.
     *
     * @param stats of the {@link #valueColumn}; null if there is none
     */
    Object value(RowSlice slice, @Nullable ColumnStats stats) {
        if (stats == null || value == null) {
            return switch (kind) {
                case MIN -> slice.fromRow();
                case MAX -> slice.toRow() - 1;
                default -> isNull(slice) ? 0L : slice.rows();
            };
        }
        boolean isConstant = value.column()
                .filter(column -> slice.group().array(column.member()).isConstant())
                .isPresent();
        Object ofStats = value(stats, slice.rows(), value.type());
        if (!isConstant || kind != AggregateKind.SUM && kind != AggregateKind.TOTAL) {
            return ofStats;
        }
        return ofStats instanceof Long whole
                ? Math.multiplyExact(whole, slice.rows())
                : (Double) ofStats * slice.rows();
    }

    private Object value(ColumnStats stats, long rows, DataType of) {
        return switch (kind) {
            case COUNT -> rows;
            case MIN -> SparkValues.min(stats, of);
            case MAX -> SparkValues.max(stats, of);
            case SUM -> SparkValues.sum(stats, type());
            case TOTAL -> SparkValues.total(stats);
            case NUMBER -> (double) rows;
            case MEAN -> SparkValues.mean(stats);
            case DEVIATION -> SparkValues.deviation(stats);
        };
    }

    /**
     * The value of this function for some rows of a slice.
     *
     * @param kept the number of these rows
     * @param stats of their values; null if there is no {@link #value}
     */
    @Nullable
    Object valueOfRows(RowSlice slice, long kept, @Nullable ColumnStats stats) {
        if (isCount()) {
            return isNull(slice) ? 0L : kept;
        }
        return kept == 0 || stats == null || value == null ? valueOfNoRow() : value(stats, kept, value.type());
    }

    /**
     * The value of this function for a group of at least one row.
     *
     * @param rows the number of rows
     * @param stats of the {@link #value} by group; null if there is none
     */
    Object valueOfGroup(long rows, int group, @Nullable GroupedStats stats) {
        if (stats == null || value == null) {
            return kind == AggregateKind.NUMBER ? (Object) (double) rows : (Object) rows;
        }
        boolean isIntegral = value.isIntegral();
        return switch (kind) {
            case COUNT -> rows;
            case NUMBER -> (double) rows;
            case MIN ->
                isIntegral
                        ? SparkValues.whole(stats.wholeLeast(group), value.type())
                        : SparkValues.floating(stats.least(group), value.type());
            case MAX ->
                isIntegral
                        ? SparkValues.whole(stats.wholeMost(group), value.type())
                        : SparkValues.floating(stats.most(group), value.type());
            case SUM -> isIntegral ? (Object) stats.wholeSum(group) : (Object) stats.sum(group);
            case TOTAL -> isIntegral ? (double) stats.wholeSum(group) : stats.sum(group);
            case MEAN -> stats.mean(group);
            case DEVIATION -> stats.deviation(group);
        };
    }

    /** Whether the counted column is null in every row: only {@code _entry} of a bare .npy file is. */
    private boolean isNull(RowSlice slice) {
        return isOfEntries() && slice.group().entry() == null;
    }

    private boolean isOfEntries() {
        return isHidden()
                && value().isEmpty()
                && value != null
                && value.toString().equals(MetadataField.ENTRY.name());
    }

    @Override
    public String toString() {
        return kind + "(" + (value == null ? "*" : value) + ")";
    }
}
