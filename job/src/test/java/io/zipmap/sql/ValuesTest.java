package io.zipmap.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.testing.Numpy;
import io.zipmap.testing.NumpyOracle;
import io.zipmap.testing.SparkLocal;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Each value equals that of numpy, for every dtype, byte order, order and number of axes. */
@NumpyOracle
class ValuesTest {
    private static final String SCRIPT = String.join(
            "\n",
            "import sys, math, numpy as np",
            "rng = np.random.default_rng(7)",
            "dtypes = '|b1 |i1 |u1 <i2 >i2 <u2 >u2 <i4 >i4 <u4 >u4 <i8 >i8 <u8 >u8 <f2 >f2 <f4 >f4 <f8 >f8'.split()",
            "shapes = [(), (37,), (0,), (19, 3), (0, 3), (7, 90), (5, 2, 3), (4, 2, 3, 2), (3, 0), (3, 2, 0)]",
            "def draw(d, shape):",
            "    dt, n = np.dtype(d), math.prod(shape)",
            "    if dt.kind == 'b': a = rng.integers(0, 2, n).astype(dt)",
            "    elif dt.kind in 'iu':",
            "        i = np.iinfo(dt)",
            "        a = rng.integers(i.min, i.max, n, dtype=dt.newbyteorder('='), endpoint=True).astype(dt)",
            "        if n > 4: a[0], a[1] = i.min, i.max",
            "    else:",
            "        a = (rng.standard_normal(n) * 100).astype(dt)",
            "        if n > 9: a[:7] = [np.nan, np.inf, -np.inf, -0.0,",
            "            np.finfo(dt).smallest_subnormal, np.finfo(dt).max, np.finfo(dt).tiny]",
            "    return a.reshape(shape)",
            "def text(x): return float(x).hex() if isinstance(x, float) else str(int(x))",
            "arrays = {}",
            "for d in dtypes:",
            "    for shape in shapes:",
            "        for order in 'CF':",
            "            kind = '%s_%d_%s' % (d[1:], len(shape), 'x'.join(map(str, shape[1:])))",
            "            name = '%s_%s%s%d' % (kind, {'<': 'l', '>': 'b', '|': 'n'}[d[0]], order,",
            "                shape[0] if shape else 1)",
            "            arrays[name] = np.array(draw(d, shape), order=order)",
            "numbered = list(enumerate(sorted(arrays.items())))",
            "np.savez(sys.argv[1] + '/stored.npz', **{n: a for i, (n, a) in numbered if i % 2})",
            "np.savez_compressed(sys.argv[1] + '/deflated.npz', **{n: a for i, (n, a) in numbered if not i % 2})",
            "for n, a in sorted(arrays.items()):",
            "    rows = a.shape[0] if a.shape else 1",
            "    for r in range(rows):",
            "        print(n + '.npy', r, *map(text, a.reshape(rows, math.prod(a.shape[1:]))[r].tolist()))",
            "    if rows == 0: print(n + '.npy', 'none')");

    @RegisterExtension
    static final SparkLocal SPARK = SparkLocal.java();

    @TempDir
    static Path folder;

    /** The expected rows of each kind of table, as {@code entry row value value …}. */
    private static final Map<String, List<String>> EXPECTED = new TreeMap<>();

    /** Writes the files once. It is not a BeforeAll method, because that cannot be skipped where numpy is missing. */
    @BeforeEach
    void write() throws IOException {
        if (!EXPECTED.isEmpty()) {
            return;
        }
        for (String line : Numpy.lines(SCRIPT, folder)) {
            String entry = line.substring(0, line.indexOf(' '));
            List<String> rows =
                    EXPECTED.computeIfAbsent(entry.substring(0, entry.lastIndexOf('_')), kind -> new ArrayList<>());
            if (!line.endsWith(" none")) {
                rows.add(line);
            }
        }
        assertThat(EXPECTED).hasSizeGreaterThan(70);
    }

    private static Dataset<Row> table(String kind, String sliceBytes, String inPlace) {
        return SPARK.session()
                .read()
                .format("zipmap")
                .option("entries", kind + "_*")
                .option("SliceBytes", sliceBytes)
                .option("inplace", inPlace)
                .load(folder + "/*.npz");
    }

    @Test
    void allValuesAreThoseOfNumpy() {
        EXPECTED.forEach((kind, rows) ->
                assertThat(read(table(kind, "1m", "auto"))).as(kind).isEqualTo(rows));
    }

    @Test
    void slicesAndFilesChangeNothing() {
        EXPECTED.forEach((kind, rows) -> {
            if (kind.contains("_2_3") || kind.startsWith("f2")) {
                assertThat(read(table(kind, "64", "never"))).as(kind).isEqualTo(rows);
            }
        });
    }

    @Test
    void eachColumnAloneIsTheSame() {
        Dataset<Row> wide = table("f8_2_90", "1m", "auto");
        List<Row> all = wide.orderBy("_entry", "_row").collectAsList();
        for (int c : new int[] {0, 44, 89}) {
            List<Row> one = wide.select("c" + c, "_row", "_entry")
                    .orderBy("_entry", "_row")
                    .collectAsList();
            assertThat(one).hasSize(28);
            for (int i = 0; i < one.size(); i++) {
                assertThat(one.get(i).get(0)).isEqualTo(all.get(i).get(c));
            }
        }
        List<Row> two = wide.select("c89", "c3").orderBy("_entry", "_row").collectAsList();
        for (int i = 0; i < two.size(); i++) {
            assertThat(two.get(i).get(0)).isEqualTo(all.get(i).get(89));
            assertThat(two.get(i).get(1)).isEqualTo(all.get(i).get(3));
        }
    }

    private static List<String> read(Dataset<Row> table) {
        List<String> names = new ArrayList<>(List.of("_entry", "_row"));
        names.addAll(List.of(table.columns()));
        List<Row> rows =
                new ArrayList<>(table.selectExpr(names.toArray(String[]::new)).collectAsList());
        rows.sort(Comparator.<Row, String>comparing(row -> row.getString(0)).thenComparing(row -> row.getLong(1)));
        return rows.stream().map(ValuesTest::text).toList();
    }

    private static String text(Row row) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            append(text, row.get(i));
        }
        return text.substring(1);
    }

    private static void append(StringBuilder text, Object value) {
        if (value instanceof scala.collection.Iterable<?> many) {
            many.foreach(one -> {
                append(text, one);
                return null;
            });
        } else if (value instanceof Boolean truth) {
            text.append(truth ? " 1" : " 0");
        } else if (value instanceof Float || value instanceof Double) {
            text.append(' ').append(hex(((Number) value).doubleValue()));
        } else if (value instanceof BigDecimal decimal) {
            text.append(' ').append(decimal.toBigIntegerExact());
        } else {
            text.append(' ').append(value);
        }
    }

    /** Formats as Python does: 13 digits and a signed exponent. */
    private static String hex(double value) {
        if (Double.isNaN(value)) {
            return "nan";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "inf" : "-inf";
        }
        if (value == 0) {
            return (1 / value < 0 ? "-" : "") + "0x0.0p+0";
        }
        String java = Double.toHexString(value);
        int point = java.indexOf('.');
        int p = java.indexOf('p');
        String digits = (java.substring(point + 1, p) + "0000000000000").substring(0, 13);
        String exponent = java.substring(p + 1);
        return java.substring(0, point + 1) + digits + "p" + (exponent.startsWith("-") ? "" : "+") + exponent;
    }
}
