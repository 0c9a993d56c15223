package io.zipmap.job.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.options.Option;
import io.zipmap.plan.ArrayColumns;
import io.zipmap.plan.RunOutput;
import io.zipmap.testing.Numpy;
import io.zipmap.testing.NumpyOracle;
import io.zipmap.testing.Repository;
import io.zipmap.testing.Run;
import io.zipmap.testing.SparkLocal;
import io.zipmap.testing.TestOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rows of arrays of every dtype, in each format of tables, are opened by the Python module, and equal what numpy reads
 * from the archives itself.
 */
@NumpyOracle
class PythonRowsTest {
    @RegisterExtension
    static final SparkLocal SPARK = SparkLocal.java();

    /** Has characters that a URI escapes. */
    private static final String FOLDER = "größe #1%20?";

    @TempDir
    Path folder;

    private static List<String> python(String resource, Object... arguments) throws IOException {
        try (InputStream script = PythonRowsTest.class.getResourceAsStream(resource)) {
            // A file that is new among the sources makes submit.sh build again.
            String module = "import sys; sys.dont_write_bytecode = True; sys.path.insert(0, '"
                    + Repository.file("job/src/main/python") + "')\n";
            return Numpy.lines(module + new String(script.readAllBytes(), StandardCharsets.UTF_8), arguments);
        }
    }

    @Test
    void rowsOfEveryFormatAndDtypeAreWhatNumpyReads() throws IOException {
        Path archives = Files.createDirectories(folder.resolve(FOLDER));
        python("/io/zipmap/job/dtypes.py", archives);
        python("python_rows.py", "write", archives);
        Path output = folder.resolve("json");
        Run run = Run.of(
                SPARK.session(),
                TestOptions.of(Option.INPUT, archives, Option.DTYPE, "float32", Option.SHAPE, "-1,4")
                        .and(Option.OUTPUT, output, Option.TABLE_FORMAT, "json"));
        assertThat(run.failures).isEmpty();
        assertThat(run.arrays)
                .extracting(row -> row.getAs("placed"))
                .contains("extracted", "in_place")
                .hasSizeGreaterThan(400);
        Dataset<Row> arrays = SPARK.session()
                .createDataFrame(run.arrays, ArrayColumns.PUBLISHED)
                .coalesce(2);
        for (String format : List.of("csv", "parquet", "orc")) {
            new TableWriter(format)
                    .write(
                            arrays,
                            folder.resolve(format).resolve(RunOutput.ARRAYS).toString());
        }
        List<String> lines = python(
                "python_rows.py",
                "compare",
                output,
                folder.resolve("csv"),
                folder.resolve("parquet"),
                folder.resolve("orc"));
        String counts = lines.get(0).substring("json".length());
        assertThat(counts).matches(" [2-9][0-9][0-9] [1-9][0-9][0-9]");
        assertThat(lines.get(1)).isEqualTo("csv" + counts);
        assertThat(lines.get(2)).isIn("parquet" + counts, "parquet pyarrow is missing");
        assertThat(lines.get(3)).isIn("orc" + counts, "orc pyarrow is missing");
    }
}
