package io.zipmap.sql.catalog;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.array.Shape;
import io.zipmap.options.Option;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Checks that the arrays of one table have the same dtype and row shape. Byte order, the length of texts and the
 * padding of structures may differ. Immutable.
 */
final class ArraySchemaCheck {
    private final @Nullable NamedColumns names;

    ArraySchemaCheck(@Nullable NamedColumns names) {
        this.names = names;
    }

    /** @throws ZipmapException {@code ARRAYS_DISAGREE}, with both names and what differs */
    void check(FoundArray one, FoundArray other) throws ZipmapException {
        Optional<String> difference = difference(one, other);
        if (difference.isPresent()) {
            throw new ZipmapException(
                            Condition.ARRAYS_DISAGREE,
                            "Cannot make one table of arrays whose " + difference.get() + " differs: " + one.name()
                                    + " and " + other.name())
                    .expected(one.layout().dtype() + " " + one.layout().shape())
                    .actual(other.layout().dtype() + " " + other.layout().shape())
                    .advice(members(one, other) + "Give " + Option.ENTRIES.mention("x") + " to choose entries, or "
                            + Option.COLUMNS.mention("a,b,...") + " to take the first columns.");
        }
    }

    /** What takes arrays of one archive that differ. */
    private static String members(FoundArray one, FoundArray other) {
        return one.archive().uri().equals(other.archive().uri())
                ? "The table members has a column for each array of an archive. "
                : "";
    }

    private Optional<String> difference(FoundArray one, FoundArray other) {
        if (!one.layout().dtype().valueSignature().equals(other.layout().dtype().valueSignature())
                || one.layout().hasFieldColumns() != other.layout().hasFieldColumns()) {
            return Optional.of("dtype");
        }
        return Arrays.equals(rowShape(one), rowShape(other)) ? Optional.empty() : Optional.of("row shape");
    }

    /** The shape of a row, reduced to the columns that the table has. */
    private long[] rowShape(FoundArray array) {
        Shape shape = array.layout().shape();
        if (shape.dimensions() < 2) {
            return new long[0];
        }
        long[] row = Arrays.copyOfRange(shape.toArray(), 1, shape.dimensions());
        if (names != null) {
            row[0] = names.limit(row[0]);
        }
        return row;
    }
}
