package io.zipmap.sql.vector;

import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** {@code _archive} or {@code _entry} as STRING: the same text, or null, in every row of an array. */
public final class ConstantTextVector extends PlainVector {
    private final @Nullable UTF8String text;

    /** @param text null if every row is null */
    public ConstantTextVector(@Nullable UTF8String text) {
        super(DataTypes.StringType);
        this.text = text;
    }

    @Override
    public boolean hasNull() {
        return text == null;
    }

    @Override
    public int numNulls() {
        return text == null ? Integer.MAX_VALUE : 0;
    }

    @Override
    public boolean isNullAt(int rowId) {
        return text == null;
    }

    @Override
    @SuppressWarnings("NullAway") // Spark expects null for a null value
    public UTF8String getUTF8String(int rowId) {
        return text;
    }
}
