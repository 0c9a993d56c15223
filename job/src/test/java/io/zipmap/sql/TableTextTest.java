package io.zipmap.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.testing.Document;
import io.zipmap.testing.Numpy;
import io.zipmap.testing.NumpyOracle;
import io.zipmap.testing.SparkLocal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableTextTest {
    @RegisterExtension
    static final SparkLocal SPARK = SparkLocal.java();

    @TempDir
    Path folder;

    @Test
    void manyColumnsAreOneLine() {
        StructType schema = new StructType();
        for (int i : IntStream.range(0, 200).toArray()) {
            schema = schema.add("c" + i, DataTypes.FloatType);
        }
        assertThat(TableText.of("elements", schema))
                .startsWith("elements  c0 FLOAT, c1 FLOAT, ")
                .endsWith("c19 FLOAT, … c199 (200 columns)");
    }

    /** The expression of the prompt and of the document, with numpy's own conversion as the oracle. */
    @NumpyOracle
    @ParameterizedTest
    @ValueSource(strings = {"UTC", "America/New_York", "Asia/Kathmandu"})
    void nanosecondsBecomeTimestampsAsNumpySaysInAnyTimeZone(String zone) throws IOException {
        List<String> expected = Numpy.lines("""
                import sys
                import numpy as np
                # numpy itself overflows when it rounds smaller values down.
                low, high = -2**63 + 1000, 2**63 - 1
                t = np.array([low, -1001, -1000, -999, -1, 0, 1, 999, 1000, high,
                              1_700_000_000_123_456_789, -1_700_000_000_123_456_789], 'i8')
                t = np.append(t, np.arange(-2 * 10**18, 2 * 10**18, 10**17 + 12345)).astype('M8[ns]')
                t = np.append(t, np.datetime64('NaT'))
                np.save(sys.argv[1], t)
                for x in t:
                    print('NULL' if np.isnat(x) else str(x.astype('M8[us]')).replace('T', ' '))
                """, folder.resolve("t.npy"));
        Dataset<Row> times = SPARK.session()
                .read()
                .format("zipmap")
                .load(folder.resolve("t.npy").toString());
        assertThat(TableText.of("elements", times.schema())).contains(TableText.timestamp("value"));
        assertThat(Document.read("docs/sql.md").text()).contains(TableText.timestamp("t"));
        String before = SPARK.session().conf().get("spark.sql.session.timeZone");
        SPARK.session().conf().set("spark.sql.session.timeZone", zone);
        try {
            assertThat(times
                            .selectExpr("date_format(" + TableText.timestamp("value")
                                    + ", 'yyyy-MM-dd HH:mm:ss.SSSSSS') AS t")
                            .selectExpr("coalesce(t, 'NULL')")
                            .collectAsList()
                            .stream()
                            .map(row -> row.getString(0)))
                    .containsExactlyElementsOf(expected);
        } finally {
            SPARK.session().conf().set("spark.sql.session.timeZone", before);
        }
    }
}
