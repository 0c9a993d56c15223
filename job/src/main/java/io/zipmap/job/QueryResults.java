package io.zipmap.job;

import io.zipmap.ZipmapException;
import io.zipmap.fs.HadoopPaths;
import io.zipmap.job.output.OutputFailure;
import io.zipmap.job.output.OutputFolder;
import io.zipmap.job.output.TableWriter;
import io.zipmap.options.Option;
import io.zipmap.options.OptionValues;
import java.io.IOException;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Prints the results of queries, and writes them too if the user named a folder. Immutable. */
public final class QueryResults {
    private final ResultFormat printFormat;
    private final String tableFormat;
    private final Optional<String> folder;
    private final IntSupplier width;

    private QueryResults(ResultFormat printFormat, String tableFormat, Optional<String> folder, IntSupplier width) {
        this.printFormat = printFormat;
        this.tableFormat = tableFormat;
        this.folder = folder;
        this.width = width;
    }

    /** @throws ZipmapException {@code OPTION_INVALID} */
    public static QueryResults of(OptionValues values) throws ZipmapException {
        return new QueryResults(
                ResultFormat.of(values.required(Option.RESULT_FORMAT)),
                values.required(Option.TABLE_FORMAT),
                values.text(Option.SQL_OUTPUT),
                () -> ResultFormat.UNCUT);
    }

    /** These results, with printed tables that are cut to so many columns of a terminal; 0 for tables of any width. */
    QueryResults cutTo(IntSupplier columns) {
        return new QueryResults(printFormat, tableFormat, folder, columns);
    }

    ResultFormat printFormat() {
        return printFormat;
    }

    /** The format of written results, which is also the format of the tables of a run. */
    String tableFormat() {
        return tableFormat;
    }

    /** @throws ZipmapException {@code OUTPUT_EXISTS}; {@code OUTPUT_UNUSABLE} if the folder must not be written */
    void requireNewFolder(SparkSession session) throws ZipmapException {
        if (folder.isPresent()) {
            OutputFolder.requireNew(folder.get(), session.sparkContext().hadoopConfiguration());
        }
    }

    /**
     * Prints a result, and writes it to {@code query-1}, {@code query-2} and so on.
     *
     * @throws ZipmapException {@code OUTPUT_FULL}, {@code OUTPUT_UNUSABLE}
     */
    void put(SparkSession session, Dataset<Row> result, int number) throws IOException {
        printFormat.print(result, width.getAsInt());
        if (folder.isPresent()) {
            Path all = HadoopPaths.ofOutput(folder.get(), session.sparkContext().hadoopConfiguration());
            String path = new Path(all, "query-" + number).toString();
            OutputFailure.naming(path, () -> {
                new TableWriter(tableFormat).write(result, path);
                return path;
            });
        }
    }
}
