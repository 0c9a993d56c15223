package io.zipmap.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.testing.SparkLocal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ResultFormatTest {
    @RegisterExtension
    static final SparkLocal SPARK = SparkLocal.java();

    private static Dataset<Row> query(String text) {
        return SPARK.session().sql(text);
    }

    private static String printed(ResultFormat format, Dataset<Row> result) {
        PrintStream former = System.out;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        try {
            scala.Console.withOut(System.out, () -> {
                format.print(result);
                return format;
            });
        } finally {
            System.setOut(former);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aRowOfOneNullIsAnEmptyLine() {
        assertThat(printed(ResultFormat.CSV, query("SELECT NULL AS a"))).isEqualTo("a\n\n");
        assertThat(printed(ResultFormat.CSV, query("SELECT if(id = 1, NULL, id) AS a FROM range(0, 3, 1, 1)")))
                .isEqualTo("a\n0\n\n2\n");
        assertThat(printed(
                        ResultFormat.CSV,
                        query("SELECT if(id = 1, NULL, make_dt_interval(id)) AS a FROM range(1, 3, 1, 1)")))
                .isEqualTo("a\n\nINTERVAL '2 00:00:00' DAY TO SECOND\n");
        assertThat(printed(ResultFormat.CSV, query("SELECT CAST(NULL AS ARRAY<INT>) AS a FROM range(0, 2, 1, 1)")))
                .isEqualTo("a\n\n\n");
        assertThat(printed(ResultFormat.CSV, query("SELECT NULL AS a, NULL AS b")))
                .isEqualTo("a,b\n,\n");
    }

    @Test
    void csvTellsNullFromEmptyAndKeepsBlanksQuotesAndLines() {
        assertThat(printed(
                        ResultFormat.CSV,
                        query("SELECT '' AS `a,b`, NULL AS `c\"d`, ' e ' AS f, 'g\"h' AS i,"
                                + " 'j\\nk' AS l, 'm\\tn' AS o")))
                .isEqualTo("\"a,b\",\"c\"\"d\",f,i,l,o\n\"\",, e ,\"g\"\"h\",\"j\nk\",m\tn\n");
        assertThat(printed(ResultFormat.CSV, query("SELECT '' AS a"))).isEqualTo("a\n\"\"\n");
        assertThat(printed(ResultFormat.CSV, query("SELECT 1 AS a WHERE 1 = 0")))
                .isEqualTo("a\n");
    }

    @ParameterizedTest
    @EnumSource
    void noFormatPrintsTerminalControlCharacters(ResultFormat format) {
        String hostile = "char(27) || '[31m' || char(155) || char(7) || char(8) || char(13) || '\\u202e\\u0000'";
        String text = printed(format, query("SELECT " + hostile + " AS a, 1 AS `\u001b[2J\u202e`"));
        assertThat(text.replace("\n", "")
                        .chars()
                        .filter(c ->
                                Character.getType(c) == Character.CONTROL || Character.getType(c) == Character.FORMAT))
                .isEmpty();
        assertThat(text.toLowerCase(java.util.Locale.ROOT)).contains("[31m").contains("\\u202e");
    }

    @Test
    void jsonKeepsEscapedCharacters() {
        Dataset<Row> result = query("SELECT char(155) || '\\u202e' AS a, NULL AS b");
        String line = printed(ResultFormat.JSON, result);
        assertThat(SPARK.session()
                        .sql("SELECT get_json_object(:line, '$.a') AS a", java.util.Map.of("line", line))
                        .first()
                        .getString(0))
                .isEqualTo(result.first().getString(0));
        assertThat(line).contains("\"b\":null");
    }
}
