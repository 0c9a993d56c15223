package io.zipmap.sql;

import io.zipmap.array.ArrayLayout;
import io.zipmap.array.NpyHeader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Tables of one dtype each: arrays as zipmap reads them, and the same rows as Parquet. */
final class DtypeTables {
    private DtypeTables() {}

    /** Every kind and size of number, and both byte orders. */
    static Stream<String> numbers() {
        return Stream.of(
                "|b1", "|i1", "|u1", "<i2", ">u2", ">i4", "<u4", "<i8", ">u8", "<f2", "<f4", ">f4", "<f8", ">f8");
    }

    /** A file or view name that tells the byte orders of a dtype apart. */
    static String name(String dtype) {
        return (dtype.charAt(0) == '>' ? "b" : "l") + dtype.substring(1);
    }

    static byte[] npy(ArrayLayout layout, ByteBuffer data) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(NpyHeader.write(layout));
        out.write(data.array());
        return out.toByteArray();
    }

    /** A table with {@code _archive}, {@code _entry} and {@code _row}. */
    static Dataset<Row> zipmap(SparkSession session, Path file, int sliceBytes) {
        return session.read()
                .format("zipmap")
                .option("sliceBytes", sliceBytes)
                .option("provenance", "true")
                .load(file.toString());
    }

    /** Writes the rows of a table into a new folder, and reads them from there. */
    static Dataset<Row> parquet(Dataset<Row> table, Path folder) {
        table.coalesce(2).write().parquet(folder.toString());
        return table.sparkSession().read().parquet(folder.toString());
    }
}
