package io.zipmap.sql;

import io.zipmap.ZipmapException;
import io.zipmap.array.Dtype;
import io.zipmap.store.ElementBuffer;
import io.zipmap.store.HeldArray;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** The batches of some rows of one array. The vectors are made once, over one buffer that is filled again for each batch. */
final class PieceBatches {
    private final Filling filling;
    private final ElementBuffer buffer;
    private final ColumnarBatch batch;
    private final RowNumbers rowNumbers = new RowNumbers();
    private final Iterator<Piece> parts;
    private long row;
    private long toRow;

    /**
     * @param parts in order, none of them empty
     * @param before whose buffer may be used again; all arrays of a table have one dtype
     */
    PieceBatches(FoundArray array, List<Piece> parts, List<ColumnRef> columns, @Nullable PieceBatches before)
            throws ZipmapException {
        int[] numbers = columns.stream()
                .filter(column -> !column.isHidden())
                .mapToInt(ColumnRef::number)
                .toArray();
        filling = new Filling(array, numbers);
        buffer = buffer(array.layout().dtype(), before);
        this.parts = parts.iterator();
        ColumnVector[] vectors = new ColumnVector[columns.size()];
        int values = 0;
        for (int i = 0; i < vectors.length; i++) {
            ColumnRef column = columns.get(i);
            vectors[i] = column.isHidden() ? hidden(column, array) : Vectors.of(array, buffer, filling, values++);
        }
        batch = new ColumnarBatch(vectors);
    }

    private ElementBuffer buffer(Dtype dtype, @Nullable PieceBatches before) {
        boolean fits = before != null && before.buffer.capacity() >= filling.capacity();
        return before != null && fits ? before.buffer : ElementBuffer.of(dtype, filling.capacity());
    }

    private ColumnVector hidden(ColumnRef column, FoundArray array) {
        if (column.name().equals(MetadataField.ROW.name())) {
            return rowNumbers;
        }
        String text = column.name().equals(MetadataField.ARCHIVE.name())
                ? array.archive().uri()
                : array.entry();
        return new SameText(text == null ? null : UTF8String.fromString(text));
    }

    boolean hasNext() {
        return row < toRow || parts.hasNext();
    }

    /** Reads the next batch. */
    void read(@Nullable HeldArray array) throws IOException {
        if (row == toRow) {
            Piece part = parts.next();
            row = part.fromRow();
            toRow = part.toRow();
        }
        int count = (int) Math.min(filling.rows(), toRow - row);
        for (int i = 0; i < filling.strips(); i++) {
            if (array == null) {
                throw new IllegalStateException("No array is open");
            }
            array.read(filling.strip(i, row, count), buffer);
        }
        rowNumbers.from(row);
        batch.setNumRows(count);
        row += count;
    }

    ColumnarBatch batch() {
        return batch;
    }
}
