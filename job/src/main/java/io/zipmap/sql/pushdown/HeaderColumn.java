package io.zipmap.sql.pushdown;

import io.zipmap.plan.ArrayColumns;
import io.zipmap.sql.catalog.FoundArray;
import io.zipmap.sql.catalog.MetadataField;
import java.util.Arrays;
import java.util.Optional;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.NamedReference;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** A column of the table {@code arrays} whose values are texts or numbers that the headers tell. Immutable. */
final class HeaderColumn implements KnownColumn<FoundArray> {
    private final StructField field;

    private HeaderColumn(StructField field) {
        this.field = field;
    }

    /** The column of this name, or the one that the hidden column of this name repeats. */
    static Optional<HeaderColumn> of(String name) {
        String shown = MetadataField.ofArrays(name);
        return Arrays.stream(ArrayColumns.LIVE.fields())
                .filter(field -> field.name().equals(shown)
                        && !ArrayColumns.needsFile(shown)
                        && !(field.dataType() instanceof ArrayType))
                .map(HeaderColumn::new)
                .findFirst();
    }

    static Optional<HeaderColumn> of(Expression expression) {
        return expression instanceof NamedReference reference && reference.fieldNames().length == 1
                ? of(reference.fieldNames()[0])
                : Optional.empty();
    }

    @Override
    public DataType type() {
        return field.dataType();
    }

    /** The value as Spark keeps it: a text, a whole number or null. */
    @Override
    public @Nullable Object value(FoundArray array) {
        Object value = ArrayColumns.ofDescription(field.name(), array);
        return value instanceof String text ? UTF8String.fromString(text) : value;
    }
}
