package io.zipmap.sql.pushdown;

import io.zipmap.sql.catalog.Inventory;
import java.io.Serializable;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.jspecify.annotations.Nullable;

/**
 * One expression of a GROUP BY: a {@link NameColumn}, whose value follows from the names of an array, or an integer or
 * bool of each row, which is some bits of the key of the row. Immutable.
 */
final class GroupColumn implements Serializable {
    private static final long serialVersionUID = 1L;

    private final @Nullable NameColumn name;
    private final @Nullable ValueExpression value;
    private final int bits;

    private GroupColumn(@Nullable NameColumn name, @Nullable ValueExpression value) {
        this.name = name;
        this.value = value;
        this.bits = value == null ? 0 : bits(value.type());
    }

    /** Empty if Spark has to group the rows by this expression. */
    static Optional<GroupColumn> of(Expression expression, Inventory inventory) {
        Optional<NameColumn> known = NameColumn.of(expression, inventory.partitions());
        if (known.isPresent()) {
            return known.map(column -> new GroupColumn(column, null));
        }
        ValueExpressionTranslator translator = new ValueExpressionTranslator(inventory.columns(), true);
        return translator
                .range(expression)
                .flatMap(range -> translator.translate(expression))
                .filter(found -> found.isIntegral() && !found.columns().isEmpty())
                .map(found -> new GroupColumn(null, found));
    }

    Optional<ValueExpression> value() {
        return Optional.ofNullable(value);
    }

    /** The bits of a key: 0 for names. */
    int bits() {
        return bits;
    }

    static int bits(DataType type) {
        if (type.equals(DataTypes.BooleanType)) {
            return 1;
        }
        return type.defaultSize() * Byte.SIZE;
    }

    StructField field() {
        return value == null
                ? Objects.requireNonNull(name).field()
                : new StructField(value.toString(), value.type(), false, Metadata.empty());
    }

    /**
     * The value in a row, as an object of Spark's rows. For GROUP BY of floating-point numbers -0.0 is 0.0, and each
     * NaN is one value.
     *
     * @param key whose lowest bits are those of the value
     */
    @Nullable
    Object object(ArrayNames names, long key) {
        if (value != null) {
            int unused = Long.SIZE - bits;
            return SparkValues.whole(bits == 1 ? key & 1 : key << unused >> unused, value.type());
        }
        Object known = name == null ? null : name.value(names);
        if (known instanceof Double number) {
            return number == 0.0 ? 0.0 : number;
        }
        if (known instanceof Float number) {
            return number == 0.0f ? 0.0f : number;
        }
        return known;
    }

    @Override
    public String toString() {
        return String.valueOf(value == null ? name : value);
    }
}
