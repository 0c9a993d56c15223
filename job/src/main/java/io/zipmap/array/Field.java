package io.zipmap.array;

import org.jspecify.annotations.Nullable;

/** One part of the items of a composite dtype: what it is, and where in the item it lies. Immutable. */
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

    /** Any text, as numpy allows it; no two fields of a dtype have the same. */
    public String name() {
        return name;
    }

    @Nullable
    String title() {
        return title;
    }

    /** Of one element, when the field is a sub-array. */
    public Dtype dtype() {
        return dtype;
    }

    /** Of the sub-array, which lies in C order; {@code ()} for a single value. */
    public Shape shape() {
        return shape;
    }

    /** Bytes from the start of the item. */
    public int offset() {
        return offset;
    }
}
