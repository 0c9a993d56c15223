package io.zipmap.sql.vector;

import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnVector;

/** A column of STRUCT: a vector for each field, in all of which a value has the same number. */
final class StructVector extends PlainVector {
    private final ColumnVector[] fields;

    StructVector(StructType type, ColumnVector[] fields) {
        super(type);
        this.fields = fields;
    }

    @Override
    public ColumnVector getChild(int ordinal) {
        return fields[ordinal];
    }
}
