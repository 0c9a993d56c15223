package io.zipmap.sql.vector;

import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnVector;

/** A structured dtype as STRUCT, never null: one vector for each field, read at the row of the structure. */
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
