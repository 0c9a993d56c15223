package io.zipmap.sql.pushdown;

import io.zipmap.sql.catalog.MetadataField;
import io.zipmap.sql.catalog.PartitionColumns;
import java.io.Serializable;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.NamedReference;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.jspecify.annotations.Nullable;

/**
 * A column with one value in all rows of an array, which follows from the names of the array: {@code _archive},
 * {@code _entry}, or the column of a partition folder. Immutable.
 */
final class NameColumn implements KnownColumn<ArrayNames>, Serializable {
    private static final long serialVersionUID = 1L;

    private static final int NONE = -1;

    private final StructField field;
    private final PartitionColumns partitions;
    private final int partition;

    private NameColumn(StructField field, PartitionColumns partitions, int partition) {
        this.field = field;
        this.partitions = partitions;
        this.partition = partition;
    }

    /** Empty if the expression is another column, or no column. */
    static Optional<NameColumn> of(Expression expression, PartitionColumns partitions) {
        return expression instanceof NamedReference reference && reference.fieldNames().length == 1
                ? of(reference.fieldNames()[0], partitions)
                : Optional.empty();
    }

    private static Optional<NameColumn> of(String name, PartitionColumns partitions) {
        OptionalInt partition = partitions.index(name);
        if (partition.isPresent()) {
            return Optional.of(
                    new NameColumn(partitions.schema().apply(partition.getAsInt()), partitions, partition.getAsInt()));
        }
        return MetadataField.of(name)
                .filter(field -> field != MetadataField.ROW)
                .map(field -> new NameColumn(
                        new StructField(field.name(), field.dataType(), field.isNullable(), Metadata.empty()),
                        partitions,
                        NONE));
    }

    StructField field() {
        return field;
    }

    @Override
    public DataType type() {
        return field.dataType();
    }

    /** The value in all rows of an array. */
    @Override
    public @Nullable Object value(ArrayNames names) {
        if (partition != NONE) {
            return partitions.value(partition, names.archive().toString());
        }
        return field.name().equals(MetadataField.ARCHIVE.name()) ? names.archive() : names.entry();
    }

    @Override
    public String toString() {
        return field.name();
    }
}
