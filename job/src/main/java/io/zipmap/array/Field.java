package io.zipmap.array;

import org.jspecify.annotations.Nullable;

/** One field of a complex or structured dtype: name, dtype, shape and byte offset. Immutable. */
public final class Field {
    private final String name;
    private final @Nullable String title;
    private final Dtype dtype;
    private final Shape shape;
    private final int offset;

    Field(String name, @Nullable String title, Dtype dtype, Shape shape, int offset) {
        this.name = name;
        this.title = title;
        this.dtype = dtype;
        this.shape = shape;
        this.offset = offset;
    }

    /** Any text that numpy allows; unique within a dtype. */
    public String name() {
        return name;
    }

    @Nullable
    String title() {
        return title;
    }

    /** Dtype of the field; of one element if the field is a sub-array. */
    public Dtype dtype() {
        return dtype;
    }

    /** Shape of the sub-array, whose elements are in C order; {@code ()} for a single value. */
    public Shape shape() {
        return shape;
    }

    /** Offset in bytes from the start of the item. */
    int offset() {
        return offset;
    }
}
