package io.zipmap.job.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.zipmap.Condition;
import io.zipmap.job.Queries;
import io.zipmap.job.QueryResults;
import io.zipmap.options.Option;
import io.zipmap.testing.Errors;
import io.zipmap.testing.Numpy;
import io.zipmap.testing.NumpyOracle;
import io.zipmap.testing.Repository;
import io.zipmap.testing.Run;
import io.zipmap.testing.SparkLocal;
import io.zipmap.testing.TestOptions;
import io.zipmap.testing.Zips;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.FileUtil;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The merged statistics of several arrays. */
class TotalStatsViewTest {
    @RegisterExtension
    static final SparkLocal SPARK = SparkLocal.java();

    /**
     * Prints the statistics that numpy computes for each column over all files. The field names are the columns. The
     * array without values has no statistics.
     */
    private static final String SCRIPT = String.join(
            "\n",
            "import sys, math, numpy as np",
            "from fractions import Fraction as F",
            "folder = sys.argv[1] + '/'",
            "rng = np.random.default_rng(8)",
            "inf, nan = math.inf, math.nan",
            "names = 'plain holes nothing far near same whole endless both lone wide'.split()",
            "def column(name, file, n):",
            "    x = rng.standard_normal(n)",
            "    if name == 'holes': x[: (0, n, n // 2, 1, n - 1, 0)[file]] = nan",
            "    if name == 'nothing': x[:] = nan",
            "    if name == 'far': x = 1e9 + x * 1e-3",
            "    if name == 'near': x = 1e15 + np.floor(x * 2) + file",
            "    if name == 'same': x[:] = 0.1",
            "    if name == 'endless' and file == 1: x[0] = -inf",
            "    if name == 'both' and file < 2: x[0] = (inf, -inf)[file]",
            "    if name == 'lone': x[:] = nan; x[:1] = file if file == 3 else nan",
            "    if name == 'wide': x *= 1e150 if file else 1e-150",
            "    return x",
            "files = [{m: column(m, i, n) for m in names if m != 'whole'} for i, n in enumerate((7, 400, 1000,"
                    + " 3, 1, 0))]",
            "for i, f in enumerate(files):",
            "    n = len(f['plain'])",
            "    f['whole'] = rng.integers(2 ** 62 - 9, 2 ** 62, n) - (2 ** 61 if i else 0)",
            "    a = np.zeros(n, [(m, '<i8' if m == 'whole' else '<f8') for m in names])",
            "    for m in names: a[m] = f[m]",
            "    np.savez_compressed(folder + 'f%d.npz' % i, a)",
            "for m in names:",
            "    v = np.concatenate([f[m] for f in files]); k = v[~np.isnan(v)]",
            "    if len(k) == 0: print(m, len(files) - 1, len(v), 0, 'none'); continue",
            "    if np.isfinite(k).all():",
            "        exact = [F(x) for x in k.tolist()]; mean = sum(exact) / len(k)",
            "        var = sum((x - mean) ** 2 for x in exact) / len(k)",
            "        mean, std = float(mean), math.sqrt(var)",
            "    else: mean, std = np.mean(k), np.std(k)",
            "    whole = sum(k.tolist()) if m == 'whole' else '-'",
            "    print(m, len(files) - 1, len(v), len(k), *(float(x).hex() for x in (k.min(), k.max(), mean,"
                    + " std)), whole)");

    @TempDir
    Path folder;

    private static SparkSession session() {
        return SPARK.session();
    }

    private Map<String, Row> totals(Object... more) throws IOException {
        Path results = folder.resolve("results-" + more.length);
        TestOptions options = TestOptions.of(
                        Option.INPUT,
                        folder + "/*.npz",
                        Option.SQL_OUTPUT,
                        results,
                        Option.SQL,
                        "SELECT * FROM total_stats")
                .and(more);
        assertThat(Run.of(session(), options).failures).isEmpty();
        return byColumn(session().read().parquet(results + "/query-1"));
    }

    private static Map<String, Row> byColumn(Dataset<Row> totals) {
        Map<String, Row> rows = new HashMap<>();
        totals.collectAsList().forEach(row -> rows.put(row.getAs("column"), row));
        return rows;
    }

    @NumpyOracle
    @Test
    void totalsEqualNumpyOverAllArrays() throws IOException {
        List<String> expected = Numpy.lines(SCRIPT, folder);
        Map<String, Row> totals = totals();
        assertThat(totals).hasSize(expected.size());
        for (String line : expected) {
            String[] cells =
                    line.replace("inf", "Infinity").replace("nan", "NaN").split(" ");
            Row row = totals.get(cells[0]);
            assertThat(row.<Long>getAs("arrays")).as(line).isEqualTo(Long.parseLong(cells[1]));
            assertThat(row.<Long>getAs("count")).as(line).isEqualTo(Long.parseLong(cells[2]));
            assertThat(row.<Long>getAs("valid_count")).as(line).isEqualTo(Long.parseLong(cells[3]));
            assertThat(row.<Long>getAs("nan_count"))
                    .isEqualTo(row.<Long>getAs("count") - row.<Long>getAs("valid_count"));
            if (cells[4].equals("none")) {
                for (String empty : List.of("min", "max", "mean", "stddev")) {
                    assertThat(row.<Double>getAs(empty)).as(line).isNull();
                }
                assertThat(row.<Double>getAs("sum")).isZero();
                continue;
            }
            assertThat(row.<Double>getAs("min")).as(line).isEqualTo(Double.parseDouble(cells[4]));
            assertThat(row.<Double>getAs("max")).as(line).isEqualTo(Double.parseDouble(cells[5]));
            double mean = Double.parseDouble(cells[6]);
            double deviation = Double.parseDouble(cells[7]);
            double largest = Math.max(Math.abs(row.<Double>getAs("min")), Math.abs(row.<Double>getAs("max")));
            assertNear(line + " mean", row.getAs("mean"), mean, 1e-16 * largest);
            // The means in the table are rounded, which bounds the accuracy of the deviation.
            assertNear(line + " stddev", row.getAs("stddev"), deviation, 1e-14 * deviation + Math.ulp(mean));
            if (cells[8].equals("-")) {
                assertThat(row.<BigDecimal>getAs("exact_sum")).isNull();
            } else {
                assertThat(row.<BigDecimal>getAs("exact_sum")).isEqualTo(new BigDecimal(cells[8]));
            }
        }
    }

    private static void assertNear(String what, double found, double expected, double error) {
        if (Double.isNaN(expected) || Double.isInfinite(expected)) {
            assertThat(found).as(what).isEqualTo(Double.valueOf(expected));
        } else {
            assertThat(found).as(what).isCloseTo(expected, within(error + Math.ulp(expected)));
        }
    }

    @Test
    void equalValuesHaveNoDeviation() throws IOException {
        for (int i = 0; i < 7; i++) {
            ByteBuffer same = ByteBuffer.allocate((3 + i) * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            while (same.hasRemaining()) {
                same.putDouble(0.1);
            }
            Zips.deflated(folder.resolve(i + ".npz"), "x.npy", Zips.npy("<f8", same.array(), 3 + i));
        }
        Row row = totals().get("value");
        assertThat(row.<Double>getAs("mean")).isEqualTo(0.1);
        assertThat(row.<Double>getAs("stddev")).isZero();
    }

    @Test
    void anOutputOfAnOlderReleaseIsReadAndContinued() throws IOException {
        Path output = folder.resolve("out");
        Zips.deflated(folder.resolve("a.npz"), "x.npy", Zips.npy(6, 10, 6));
        totals(Option.OUTPUT, output);
        Path old = folder.resolve("old");
        session()
                .read()
                .parquet(output + "/column_stats")
                .drop("valid_count")
                .write()
                .parquet(old.toString());
        FileUtil.fullyDelete(output.resolve("column_stats").toFile());
        Files.move(old, output.resolve("column_stats"));

        FormerViews.at(session(), output.toString(), "parquet").register();
        TotalStatsView older = new TotalStatsView(session());
        older.register();
        Row before = byColumn(session().table("total_stats")).get("value");
        assertThat(before.<Long>getAs("valid_count")).isEqualTo(6);
        assertThat(before.<Double>getAs("mean")).isEqualTo(12.5);
        Zips.deflated(folder.resolve("b.npz"), "x.npy", Zips.npy(2, 0, 2));
        Row after = totals(Option.OUTPUT, output, Option.INCREMENTAL, "true").get("value");
        assertThat(after.<Long>getAs("valid_count")).isEqualTo(8);
        assertThat(after.<Double>getAs("mean")).isCloseTo(76 / 8.0, within(1e-15));
    }

    @Test
    void totalStatsNeedTheTableColumnStats() throws IOException {
        session().catalog().dropTempView("column_stats");
        new TotalStatsView(session());
        Queries queries =
                new Queries(session(), QueryResults.of(TestOptions.of().values()));
        assertThat(Errors.named(Condition.SQL_FAILED, () -> queries.run(List.of("SELECT * FROM total_stats"))))
                .hasMessageContaining("total_stats");
    }

    @Test
    void theDocumentsQuoteTheQuery() throws IOException {
        assertThat(Files.readString(Repository.file("docs/how-it-works.md"))).contains(TotalStatsView.SQL);
    }
}
