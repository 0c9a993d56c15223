package io.zipmap.sql;

import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;

/** Rows that are known already. Immutable. */
final class CountedRows implements InputPartition {
    private static final long serialVersionUID = 1L;

    private final InternalRow[] rows;

    CountedRows(InternalRow[] rows) {
        this.rows = rows;
    }

    /** Gives them out. */
    static final class Factory implements PartitionReaderFactory {
        private static final long serialVersionUID = 1L;

        @Override
        public PartitionReader<InternalRow> createReader(InputPartition partition) {
            return new Reader(((CountedRows) RefreshedPartitions.open(partition)).rows);
        }
    }

    private static final class Reader implements PartitionReader<InternalRow> {
        private final InternalRow[] rows;
        private int at = -1;

        Reader(InternalRow[] rows) {
            this.rows = rows;
        }

        @Override
        public boolean next() {
            at++;
            return at < rows.length;
        }

        @Override
        public InternalRow get() {
            return rows[at];
        }

        @Override
        public void close() {
            at = rows.length;
        }
    }
}
