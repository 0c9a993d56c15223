package io.zipmap.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.zipmap.Condition;
import io.zipmap.job.extract.ArrayRecords;
import io.zipmap.job.output.ChangeCounts;
import io.zipmap.job.output.FormerViews;
import io.zipmap.options.Option;
import io.zipmap.store.ArrayRecord;
import io.zipmap.store.NodeScratch;
import io.zipmap.testing.Document;
import io.zipmap.testing.Errors;
import io.zipmap.testing.Numpy;
import io.zipmap.testing.NumpyOracle;
import io.zipmap.testing.Run;
import io.zipmap.testing.SparkLocal;
import io.zipmap.testing.TestOptions;
import io.zipmap.testing.Zips;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileUtil;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The table {@code array_stats}: the statistics of all elements of each array. */
class ArrayStatsTest {
    @RegisterExtension
    static final SparkLocal SPARK = SparkLocal.kryo();

    /**
     * Writes three archives, and prints what numpy computes for each field of each member: first of each archive, then
     * of all.
     */
    private static final String SCRIPT = String.join(
            "\n",
            "import sys, numpy as np",
            "folder = sys.argv[1] + '/'",
            "rng = np.random.default_rng(3)",
            "def members(n, i):",
            "    f = rng.standard_normal((n, 3)).astype('<f4'); f[rng.random((n, 3)) < .2] = np.nan",
            "    t = rng.integers(0, 2 ** 40, n).astype('<M8[s]'); t[0] = 'NaT'",
            "    p = [('x', '<f8'), ('z', '<c8')]",
            "    s = np.zeros(n, [('id', '<i4'), ('p', p), ('m', '<i2', (2, 3)), ('t', 'S3')])",
            "    s['id'] = np.arange(n); s['p']['x'] = rng.random(n); s['p']['z'] = rng.random(n) + 5j",
            "    s['m'] = rng.integers(-9, 9, (n, 2, 3))",
            "    w = np.zeros(n, [('a', '<f4', (900,)), ('b', '|u1', (900,))])",
            "    w['a'] = rng.random((n, 900)); w['b'] = rng.integers(0, 256, (n, 900))",
            "    wide = (rng.random((2, 700, 3)) + i * 100).astype('<f4'); wide[0, :9] = np.nan",
            "    return dict(image=rng.integers(0, 256, (n, 28, 28)).astype('u1'), f=f, t=t, s=s, w=w, wide=wide,",
            "        label=rng.integers(2 ** 62, 2 ** 63 - 1, n), far=1e9 + i + rng.random((n, 4)),",
            "        u=rng.integers(2 ** 63, 2 ** 64 - 1, (n, 2), dtype='u8'), b=rng.integers(0, 2, n).astype(bool),",
            "        fortran=np.asfortranarray(rng.random((n, 4)) + 1j), scalar=np.float64(i + .5),",
            "        wfortran=np.asfortranarray(rng.integers(-5, 5, (2, 1500)).astype('>i4')),",
            "        nothing=np.full((n, 2), np.nan), empty=np.zeros((0, 5)), text=np.array(['a', 'bc']))",
            "def leaves(a, name=''):",
            "    if a.dtype.names:",
            "        for m in a.dtype.names: yield from leaves(a[m], name + '.' * bool(name) + m)",
            "    elif a.dtype.kind == 'c':",
            "        name = name or 'value'",
            "        yield name + '.re', a.real; yield name + '.im', a.imag",
            "    elif a.dtype.kind in 'SU' or a.size == 0: return",
            "    else: yield name or 'value', a",
            "def show(file, entry, field, parts):",
            "    v = np.concatenate([p.ravel() for p in parts])",
            "    k = v[~np.isnat(v)].astype('i8') if v.dtype.kind == 'M' else v[~np.isnan(v)]",
            "    head = [file, entry + '.npy', field, len(v), len(k)]",
            "    if len(k) == 0: print(*head, 'none'); return",
            "    d = k.astype('f8')",
            "    whole = str(sum(int(x) for x in k.tolist())) if k.dtype.kind in 'iub' else '-'",
            "    mean = d.mean() if whole == '-' else int(whole) / len(k)",
            "    print(*head, *(float(x).hex() for x in (k.min(), k.max(), mean, d.std())), whole)",
            "every = {}",
            "for i, n in enumerate((40, 7, 300)):",
            "    file = f'a{i}.npz'; all = members(n, i)",
            "    np.savez_compressed(folder + file, **all)",
            "    for entry, a in all.items():",
            "        for field, values in leaves(np.asarray(a)):",
            "            show(file, entry, field, [values]); every.setdefault((entry, field), []).append(values)",
            "for (entry, field), parts in every.items(): show('*', entry, field, parts)");

    @TempDir
    Path folder;

    private static SparkSession session() {
        return SPARK.session();
    }

    private Run run(Object... more) throws IOException {
        return Run.of(
                session(),
                TestOptions.of(Option.INPUT, folder + "/*.np*", Option.MAX_COLUMNS, "1000")
                        .and(more));
    }

    private static String mergeQuery() throws IOException {
        return Document.read("docs/tables.md").blocks("sql").get(0);
    }

    @NumpyOracle
    @Test
    void rowsAndTheirTotalsEqualNumpyOverAllElements() throws IOException {
        List<String> lines = Numpy.lines(SCRIPT, folder);
        Path output = folder.resolve("out");
        Run cut = run(Option.SLICE_BYTES, "4k", Option.OUTPUT, output);
        assertThat(cut.failures).isEmpty();
        assertThat(cut.summary.tooWide()).isEqualTo(3 * 3);
        assertThat(cut.statsByColumn().keySet()).noneMatch(name -> name.contains("!w"));
        Map<String, String> each = new HashMap<>();
        Map<String, String> total = new HashMap<>();
        for (String line : lines) {
            String[] cells = line.split(" ", 4);
            if (cells[0].equals("*")) {
                total.put(cells[1] + " " + cells[2], cells[3]);
            } else {
                each.put(cells[0] + "!" + cells[1] + " " + cells[2], cells[3]);
            }
        }
        assertThat(each).hasSize(3 * 20);
        assertEqual(cut.statsByField(), each, 1e-13);
        assertEqual(run(Option.AGGREGATE_ON, "driver").statsByField(), each, 1e-13);

        FormerViews.at(session(), output.toString(), "parquet").register();
        assertEqual(totals(mergeQuery(), "field"), total, 1e-12);
        String ofColumns = mergeQuery().replace("array_stats", "column_stats").replace("field", "column");
        Map<String, Row> columns = totals(ofColumns, "column");
        for (String same : List.of("label.npy", "t.npy", "b.npy", "scalar.npy")) {
            assertEqual(Map.of(same, columns.get(same + " value")), Map.of(same, total.get(same + " value")), 1e-12);
        }
        assertThat(columns).hasSize(784 + 3 + 1 + 10 + 1 + 4 + 2 + 1 + 8 + 1 + 2);
    }

    private static Map<String, Row> totals(String query, String key) {
        Map<String, Row> rows = new HashMap<>();
        for (Row row : session().sql(query).collectAsList()) {
            rows.put(row.getAs("entry") + " " + row.getAs(key), row);
        }
        return rows;
    }

    private static void assertEqual(Map<String, Row> found, Map<String, String> expected, double error) {
        assertThat(found).containsOnlyKeys(expected.keySet());
        expected.forEach((name, line) -> {
            String[] cells = line.split(" ");
            Row row = found.get(name);
            assertThat(row.<Long>getAs("count")).as(name).isEqualTo(Long.parseLong(cells[0]));
            assertThat(row.<Long>getAs("valid_count")).as(name).isEqualTo(Long.parseLong(cells[1]));
            assertThat(row.<Long>getAs("nan_count"))
                    .as(name)
                    .isEqualTo(Long.parseLong(cells[0]) - Long.parseLong(cells[1]));
            if (cells[2].equals("none")) {
                for (String column : List.of("min", "max", "mean", "stddev")) {
                    assertThat(row.<Double>getAs(column)).as(name).isNull();
                }
                return;
            }
            assertThat(row.<Double>getAs("min")).as(name).isEqualTo(Double.parseDouble(cells[2]));
            assertThat(row.<Double>getAs("max")).as(name).isEqualTo(Double.parseDouble(cells[3]));
            double mean = Double.parseDouble(cells[4]);
            double deviation = Double.parseDouble(cells[5]);
            assertThat(row.<Double>getAs("mean")).as(name).isCloseTo(mean, within(error * Math.abs(mean)));
            // The means of the rows are rounded to doubles.
            double rounding = Math.ulp(mean);
            assertThat(row.<Double>getAs("stddev")).as(name).isCloseTo(deviation, within(error * deviation + rounding));
            BigDecimal whole = cells[6].equals("-") ? null : new BigDecimal(cells[6]);
            assertThat(row.<BigDecimal>getAs("exact_sum")).as(name).isEqualTo(whole);
        });
    }

    @NumpyOracle
    @Test
    void quantilesOfAFewElementsAreExact() throws IOException {
        List<String> lines = Numpy.lines(
                "import sys, numpy as np\n"
                        + "v = np.random.default_rng(5).random(700)\n"
                        + "np.save(sys.argv[1] + '/narrow.npy', v.reshape(2, 350))\n"
                        + "np.save(sys.argv[1] + '/wide.npy', v.reshape(1, 700))\n"
                        + "q = [np.quantile(v, p / 100, method='inverted_cdf') for p in (1, 25, 50, 75, 99)]\n"
                        + "print(*(float(x).hex() for x in q))",
                folder);
        Run run = run(Option.QUANTILES, "true", Option.MAX_COLUMNS, "400");
        assertThat(run.arrayStats).hasSize(2);
        for (Row row : run.arrayStats) {
            assertThat(Stream.of("p01", "p25", "p50", "p75", "p99").map(name -> row.<Double>getAs(name)))
                    .containsExactlyElementsOf(Stream.of(lines.get(0).split(" "))
                            .map(Double::valueOf)
                            .toList());
        }
    }

    @Test
    void anArrayThatCannotBeReadHasNoRowAndAHealedOneHasAll() throws IOException {
        Path scratch = folder.resolve("scratch");
        Zips.deflated(folder.resolve("a.npz"), "x.npy", Zips.npy(300, 2, 100, 3));
        Zips.deflated(folder.resolve("b.npz"), "x.npy", Zips.npy(300, 7, 10, 30));
        Zipmap zipmap = Zipmap.on(session())
                .option(Option.SCRATCH, scratch.toString())
                .option(Option.SLICE_BYTES, "64")
                .option(Option.MAX_COLUMNS, "20");
        try (ArrayRecords records = zipmap.extract(folder + "/*.npz")) {
            List<Row> sound = zipmap.arrayStats(records).collectAsList();
            assertThat(sound).hasSize(2);
            assertThat(zipmap.columnStats(records).collectAsList()).hasSize(3);
            assertThat(records.rdd().map(ArrayRecord::path).collect())
                    .hasSize(2)
                    .allSatisfy(file -> Files.delete(Path.of(file)));
            assertThat(zipmap.arrayStats(records).collectAsList()).containsExactlyInAnyOrderElementsOf(sound);
        } finally {
            NodeScratch.closeAll();
        }
        Zips.corrupt(folder.resolve("b.npz"));
        Run run = run(Option.SLICE_BYTES, "64");
        assertThat(run.statsByField()).containsOnlyKeys("a.npz!x.npy value");
        assertThat(run.conditionsByName()).containsOnlyKeys("b.npz!x.npy");
    }

    private Run incremental() throws IOException {
        return run(Option.OUTPUT, folder.resolve("out"), Option.INCREMENTAL, "true");
    }

    @Test
    void anOutputOfAnOlderReleaseIsReadWithoutTheTableAndProcessedAgain() throws IOException {
        Zips.deflated(folder.resolve("a.npz"), "x.npy", Zips.npy(6, 10, 2, 3));
        Zips.deflated(folder.resolve("b.npz"), "x.npy", Zips.npy(8, 1, 2, 4));
        incremental();
        Path output = folder.resolve("out");
        FileUtil.fullyDelete(output.resolve("array_stats").toFile());

        FormerViews older = FormerViews.at(session(), output.toString(), "parquet");
        older.register();
        assertThat(older.names()).containsExactly("arrays", "column_stats", "failures");
        Queries queries = new Queries(
                        session(),
                        QueryResults.of(TestOptions.of(Option.SQL_OUTPUT, folder.resolve("results"))
                                .values()))
                .over(older);
        queries.run(List.of("SELECT count(*) FROM column_stats"));
        assertThat(Errors.named(
                        Condition.INPUT_MISSING, () -> queries.run(List.of("SELECT avg(mean) FROM array_stats"))))
                .hasMessageContaining("older release")
                .hasMessageContaining("--incremental");

        Zips.deflated(folder.resolve("c.npz"), "x.npy", Zips.npy(4, 1, 4));
        Run again = incremental();
        assertThat(again.summary.changes()).contains(new ChangeCounts(0, 1, 0, 2, 0));
        assertThat(again.arrayStats)
                .containsExactlyInAnyOrderElementsOf(run().arrayStats)
                .hasSize(3);
        assertThat(again.columnStats).hasSize(8);
        queries.run(List.of("SELECT * FROM array_stats"));
        List<String> rows = new ArrayList<>();
        session()
                .read()
                .parquet(folder + "/results/query-3")
                .collectAsList()
                .forEach(row -> rows.add(row.getAs("archive")));
        assertThat(rows).hasSize(3);
        assertThat(incremental().summary.changes()).contains(new ChangeCounts(3, 0, 0, 0, 0));
    }
}
