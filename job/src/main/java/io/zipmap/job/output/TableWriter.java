package io.zipmap.job.output;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.fs.PosixLocalFileSystem;
import io.zipmap.plan.TextTables;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.execution.datasources.DataSource;
import org.apache.spark.sql.internal.SQLConf;

/** Writes tables in one format into new folders. Immutable. */
public final class TableWriter {
    private final String format;

    /** @param format the name of a data source of Spark, in any case */
    public TableWriter(String format) {
        this.format = format;
    }

    /** @throws ZipmapException {@code OPTION_INVALID} if this Spark cannot write the format */
    public void requireKnownFormat() throws ZipmapException {
        try {
            lookUp(format);
        } catch (ClassNotFoundException | AnalysisException e) {
            throw new ZipmapException(Condition.OPTION_INVALID, "Cannot write tables in an unknown format: " + format)
                    .expected("parquet, orc, json, csv, or a format whose package Spark was given")
                    .because(e);
        }
    }

    /** Declares the exceptions that Spark throws without declaring them. */
    private static void lookUp(String format) throws ClassNotFoundException, AnalysisException {
        DataSource.lookupDataSource(format, SQLConf.get());
    }

    /** Spark's exceptions come out undeclared; {@link OutputFailure#naming} names them. */
    public void write(Dataset<Row> table, String folder) {
        TextTables.writable(table, format)
                .write()
                .format(format)
                .options(TextTables.options(format))
                .options(localOptions(table))
                .save(folder);
    }

    /** The options for writing to the local disk, if that is where the table goes. */
    static Map<String, String> localOptions(Dataset<Row> table) {
        return PosixLocalFileSystem.options(table.sparkSession().sparkContext().hadoopConfiguration());
    }

    /** The writes of several tables, each into the subfolder of its name. */
    List<Runnable> writes(Map<String, Dataset<Row>> tables, Path folder) {
        List<Runnable> writes = new ArrayList<>();
        tables.forEach((name, table) -> writes.add(() -> write(table, new Path(folder, name).toString())));
        return writes;
    }
}
