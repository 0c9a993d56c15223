package io.zipmap.job.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.plan.RunOutput;
import io.zipmap.testing.SparkLocal;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every value that a column of a table can have is read from every format as it was written. */
class TableFormatsTest {
    @RegisterExtension
    static final SparkLocal SPARK = SparkLocal.java();

    private static final List<String> TEXTS = List.of(
            "",
            " ",
            " a ",
            "\ta\t",
            "a,b",
            ",",
            "\"",
            "\"\"",
            "a\"b",
            "\"a\"",
            "\"a\",\"b\"",
            "\\",
            "\\\"",
            "a\\",
            "a\\,b",
            "\n",
            "a\nb",
            "\r",
            "\r\n",
            "a\r\nb",
            "a\rb",
            "a\n",
            "\na",
            "\u0000",
            "\u0000a",
            "a\u0000",
            "\u001b[31m",
            "#a",
            "null",
            "NULL",
            "\\N",
            "nan",
            "NaN",
            "true",
            "1",
            "'",
            "{\"a\":1}",
            "[1]",
            "\"p01\":",
            "\u00e9\u4e2d\ud83d\ude00",
            "\u0085",
            "\u2028",
            "\ufeff",
            "\ufeffa",
            "x".repeat(5_000));
    private static final BigDecimal HUGE = new BigDecimal(BigInteger.TEN.pow(38).subtract(BigInteger.ONE));
    private static final Map<DataType, List<?>> VALUES = Map.of(
            DataTypes.StringType,
            TEXTS,
            DataTypes.LongType,
            List.of(0L, -1L, Long.MIN_VALUE, Long.MAX_VALUE, (1L << 53) + 1),
            DataTypes.IntegerType,
            List.of(0, -1, Integer.MIN_VALUE, Integer.MAX_VALUE),
            DataTypes.BooleanType,
            List.of(true, false),
            DataTypes.DoubleType,
            List.of(
                    0.0,
                    -0.0,
                    0.1,
                    1e23,
                    Math.PI,
                    -1e-310,
                    Double.MIN_VALUE,
                    Double.MAX_VALUE,
                    -Double.MAX_VALUE,
                    Double.NaN,
                    Double.POSITIVE_INFINITY,
                    Double.NEGATIVE_INFINITY),
            DataTypes.createDecimalType(38, 0),
            List.of(
                    BigDecimal.ZERO,
                    BigDecimal.ONE.negate(),
                    HUGE,
                    HUGE.negate(),
                    BigDecimal.TEN.pow(30),
                    new BigDecimal("18446744073709551615")),
            DataTypes.createArrayType(DataTypes.LongType, false),
            List.of(new long[0], new long[] {0}, new long[] {Long.MAX_VALUE, 1, 0}));

    @TempDir
    Path folder;

    private static SparkSession session() {
        return SPARK.session();
    }

    /** A row for each value of each column, and one row with all nullable columns null. */
    private static List<Row> rows(StructType schema) {
        List<Row> rows = new ArrayList<>();
        StructField[] fields = schema.fields();
        for (int i = 0; i < fields.length; i++) {
            for (Object value : VALUES.get(fields[i].dataType())) {
                rows.add(row(fields, i, value));
            }
            if (fields[i].nullable()) {
                rows.add(row(fields, i, null));
            }
        }
        rows.add(RowFactory.create(Arrays.stream(fields)
                .map(field -> field.nullable() ? null : ordinary(field, 0))
                .toArray()));
        return rows;
    }

    private static Row row(StructField[] fields, int at, Object value) {
        return RowFactory.create(IntStream.range(0, fields.length)
                .mapToObj(i -> i == at ? value : ordinary(fields[i], at))
                .toArray());
    }

    private static Object ordinary(StructField field, int at) {
        DataType type = field.dataType();
        return type == DataTypes.StringType
                ? field.name() + at
                : VALUES.get(type).get(type instanceof DecimalType || type == DataTypes.DoubleType ? 2 : 0);
    }

    private static List<String> texts(List<Row> rows) {
        return rows.stream()
                .map(row -> IntStream.range(0, row.size())
                        .mapToObj(i -> text(row.get(i)))
                        .toList()
                        .toString())
                .toList();
    }

    /** Distinguishes null from empty, and escapes control characters. */
    private static String text(Object value) {
        if (value instanceof long[]) {
            return Arrays.toString((long[]) value);
        }
        if (value instanceof scala.collection.Seq) {
            return ((scala.collection.Seq<?>) value).mkString("[", ", ", "]");
        }
        if (value instanceof String) {
            StringBuilder shown = new StringBuilder("'");
            ((String) value).chars().forEach(c -> shown.append(c >= ' ' && c < 127 ? (char) c : "\\u" + c));
            return shown.append('\'').toString();
        }
        return String.valueOf(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"parquet", "orc", "json", "csv"})
    void everyValueOfEveryTableComesBack(String format) throws IOException {
        TableWriter writer = new TableWriter(format);
        for (String name : RunOutput.TABLES) {
            Dataset<Row> table = session()
                    .createDataFrame(rows(Tables.schema(name)), Tables.schema(name))
                    .coalesce(2);
            writer.write(table, folder.resolve(name).toString());
        }
        RunOutput output = RunOutput.at(
                        session().sparkContext().hadoopConfiguration(),
                        new org.apache.hadoop.fs.Path(folder.toString()))
                .orElseThrow();
        for (String name : RunOutput.TABLES) {
            StructType schema = Tables.schema(name);
            Dataset<Row> read = output.tables().read(session(), name, format, schema);
            assertThat(read.columns()).containsExactly(schema.fieldNames());
            assertThat(texts(read.collectAsList())).as(name).containsExactlyInAnyOrderElementsOf(texts(rows(schema)));
            assertThat(read.count()).isEqualTo(rows(schema).size());
        }
    }
}
