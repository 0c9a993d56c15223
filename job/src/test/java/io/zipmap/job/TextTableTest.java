package io.zipmap.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.testing.SparkLocal;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import scala.Console;

class TextTableTest {
    @RegisterExtension
    static final SparkLocal SPARK = SparkLocal.java();

    private static final StructType SCHEMA = new StructType()
            .add("name", DataTypes.StringType)
            .add("n", DataTypes.LongType)
            .add("mean of all", DataTypes.DoubleType);
    private static final List<Row> ROWS = List.of(
            RowFactory.create("a", 1L, 0.1),
            RowFactory.create("漢字 and more", -9_000_000_000L, Double.NaN),
            RowFactory.create(null, null, null),
            RowFactory.create("", 0L, 1e300),
            RowFactory.create("x", 0L, Double.NEGATIVE_INFINITY));

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5})
    void printsWhatSparkShows(int rows) {
        TextTable table = new TextTable(SCHEMA.fieldNames());
        ROWS.subList(0, rows).forEach(table::add);
        ByteArrayOutputStream shown = new ByteArrayOutputStream();
        Console.withOut(shown, () -> {
            SPARK.session().createDataFrame(ROWS.subList(0, rows), SCHEMA).show(false);
            return shown;
        });
        assertThat(String.join("\n", table.lines()))
                .isEqualTo(shown.toString(StandardCharsets.UTF_8).stripTrailing());
    }
}
