package io.zipmap.sql.pushdown;

import io.zipmap.sql.catalog.MetadataField;
import io.zipmap.sql.catalog.RowGroup;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.NamedReference;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * GROUP BY of {@code _archive}, of {@code _entry}, of both, or no GROUP BY. All rows of a row group are in one group.
 * Immutable.
 */
public final class PushedGrouping implements Serializable {
    private static final long serialVersionUID = 1L;

    private final List<String> names;

    private PushedGrouping(List<String> names) {
        this.names = List.copyOf(names);
    }

    /** Empty if an expression is not {@code _archive} or {@code _entry}. */
    static Optional<PushedGrouping> of(Expression[] expressions) {
        List<String> names = new ArrayList<>();
        for (Expression expression : expressions) {
            if (expression instanceof NamedReference reference && reference.fieldNames().length == 1) {
                MetadataField.of(reference.fieldNames()[0])
                        .filter(field -> field != MetadataField.ROW)
                        .ifPresent(field -> names.add(field.name()));
            }
        }
        return names.size() == expressions.length ? Optional.of(new PushedGrouping(names)) : Optional.empty();
    }

    public boolean isEmpty() {
        return names.isEmpty();
    }

    /** Values of the group columns for all rows of a row group. */
    public List<@Nullable UTF8String> key(RowGroup group) {
        List<@Nullable UTF8String> key = new ArrayList<>();
        for (String name : names) {
            String text =
                    name.equals(MetadataField.ARCHIVE.name()) ? group.archive().uri() : group.entry();
            key.add(text == null ? null : UTF8String.fromString(text));
        }
        return key;
    }

    StructType schema() {
        StructType schema = new StructType();
        for (String name : names) {
            MetadataField field = MetadataField.of(name).orElseThrow();
            schema = schema.add(name, field.dataType(), field.isNullable());
        }
        return schema;
    }

    @Override
    public String toString() {
        return names.toString();
    }
}
