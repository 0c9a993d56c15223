package io.zipmap.sql.vector;

import io.zipmap.array.Dtype;
import io.zipmap.mapped.FixedText;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * S and U as STRING, never null, without the NULs at the end. An ASCII text is not copied: it is valid until the buffer
 * is filled again. Other texts are decoded into new strings.
 */
final class TextVector extends PlainVector {
    private final FixedText texts;
    private final int size;
    private final byte[] values;
    private final int base;
    private final int stride;

    TextVector(Dtype dtype, byte[] values, int base, int stride) {
        super(DataTypes.StringType);
        this.texts = new FixedText(dtype);
        this.size = dtype.itemSize();
        this.values = values;
        this.base = base;
        this.stride = stride;
    }

    @Override
    public UTF8String getUTF8String(int rowId) {
        int from = (base + rowId * stride) * size;
        int length = texts.asciiLength(values, from);
        return length >= 0
                ? UTF8String.fromBytes(values, from, length)
                : UTF8String.fromString(texts.text(values, from));
    }
}
