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
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Prints the results of queries, and writes them too if the user named a folder. Immutable. */
public final class QueryResults {
    private final ResultFormat printFormat;
    private final String tableFormat;
    private final Optional<String> folder;

    private QueryResults(OptionValues values) throws ZipmapException {
        printFormat = ResultFormat.of(values.required(Option.RESULT_FORMAT));
        tableFormat = values.required(Option.TABLE_FORMAT);
        folder = values.text(Option.SQL_OUTPUT);
    }

    /** @throws ZipmapException {@code OPTION_INVALID} */
    public static QueryResults of(OptionValues values) throws ZipmapException {
        return new QueryResults(values);
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
        printFormat.print(result);
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
