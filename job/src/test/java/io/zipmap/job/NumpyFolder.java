package io.zipmap.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.zipmap.testing.Numpy;
import io.zipmap.testing.Run;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;

/** A folder of archives of every kind, written by numpy and zipfile, with the statistics that numpy computes. */
final class NumpyFolder {
    private static final String SCRIPT = String.join(
            "\n",
            "import sys, math, zipfile, numpy as np",
            "folder = sys.argv[1] + '/'",
            "rng = np.random.default_rng(5)",
            "dtypes = '|b1 |i1 |u1 <i2 >i2 <u2 >u2 <i4 >i4 <u4 >u4 <i8 >i8 <u8 >u8 <f2 >f2 <f4 >f4 <f8 >f8'.split()",
            "shapes = [(), (1,), (37,), (0,), (19, 3), (0, 4), (3, 0), (5, 2, 3)]",
            "def draw(d, shape):",
            "    dt, n = np.dtype(d), math.prod(shape)",
            "    if dt.kind == 'b': a = rng.integers(0, 2, n).astype(dt)",
            "    elif dt.kind in 'iu':",
            "        i = np.iinfo(dt)",
            "        a = rng.integers(i.min, i.max, n, dtype=dt.newbyteorder('='), endpoint=True).astype(dt)",
            "    else:",
            "        a = (rng.standard_normal(n) * 100 + 3).astype(dt)",
            "        if n > 4: a[n // 3] = np.nan",
            "    return a.reshape(shape)",
            "def text(x): return float(x).hex()",
            "def tell(file, entry, a):",
            "    order = 'F' if a.flags.f_contiguous and not a.flags.c_contiguous else 'C'",
            "    rows, columns = (a.shape[0] if a.shape else 1), math.prod(a.shape[1:])",
            "    name = file + ('!' + entry if entry else '')",
            "    print('A', name, a.dtype, ','.join(map(str, a.shape)), order, rows, columns, sep='\\t')",
            "    if a.size == 0: return",
            "    for c in range(columns):",
            "        index = np.unravel_index(c, a.shape[1:]) if a.ndim > 1 else ()",
            "        column = 'c%d' % index[0] + ''.join('[%d]' % i for i in index[1:]) if a.ndim > 1 else 'value'",
            "        v = a.reshape(rows, columns)[:, c]",
            "        nan = int(np.isnan(v).sum()) if a.dtype.kind == 'f' else 0",
            "        if nan: v = v[~np.isnan(v)]",
            "        start = ['C', name + ' ' + column, rows, nan]",
            "        if len(v) == 0: print(*start, 'none', sep='\\t'); continue",
            "        f, whole = v.astype('f8'), a.dtype.kind != 'f'",
            "        total = sum(int(x) for x in v.tolist()) if whole else math.fsum(f)",
            "        exact = [int(v.min()), int(v.max()), total] if whole else [''] * 3",
            "        quantiles = []",
            "        for q in (.01, .25, .5, .75, .99):",
            "            for rank in (q, q) if len(f) <= 200 else (q - .009, q + .009):",
            "                quantiles.append(text(np.quantile(f, rank, method='inverted_cdf')))",
            "        print(*start, text(f.min()), text(f.max()), text(total), text(total / len(v)),"
                    + " text(f.std()), *exact, *quantiles, sep='\\t')",
            "arrays = {}",
            "for d in dtypes:",
            "    for shape in shapes:",
            "        for order in 'CF':",
            "            name = '%s_%s_%s' % ({'<': 'l', '>': 'b', '|': ''}[d[0]] + d[1:], 'x'.join(map(str,"
                    + " shape)), order)",
            "            arrays[name] = np.array(draw(d, shape), order=order)",
            "names = sorted(arrays)",
            "for file, save, part in (('stored.npz', np.savez, names[::3]), ('deflated.npz',"
                    + " np.savez_compressed, names[1::3] + names[2::3])):",
            "    save(folder + file, **{n: arrays[n] for n in part})",
            "    for n in part: tell(file, n + '.npy', arrays[n])",
            "for i, n in enumerate(names[::25]):",
            "    np.save(folder + 'bare%d.npy' % i, arrays[n]); tell('bare%d.npy' % i, None, arrays[n])",
            "for file, method in (('raw1.zip', 0), ('raw2.zip', 8)):",
            "    with zipfile.ZipFile(folder + file, 'w', method) as z:",
            "        for i, rows in enumerate((1, 100, 0, 3001)):",
            "            a = draw('<f4', (rows, 4)); z.writestr('dir/%d.dat' % i, a.tobytes()); tell(file,"
                    + " 'dir/%d.dat' % i, a)");

    private static final String[] QUANTILES = {"p01", "p25", "p50", "p75", "p99"};

    private final Map<String, String[]> arrays = new TreeMap<>();
    private final Map<String, String[]> columns = new TreeMap<>();

    private NumpyFolder() {}

    static NumpyFolder write(Path folder) throws IOException {
        NumpyFolder made = new NumpyFolder();
        for (String line : Numpy.lines(SCRIPT, folder)) {
            String[] cells = line.split("\t", -1);
            (cells[0].equals("A") ? made.arrays : made.columns).put(cells[1], cells);
        }
        return made;
    }

    void assertSame(Run run) {
        assertThat(run.failures).isEmpty();
        assertSameArrays(run.arraysByName());
        assertSameStats(run.statsByColumn());
    }

    private void assertSameArrays(Map<String, Row> found) {
        assertThat(found.keySet()).isEqualTo(arrays.keySet()).hasSizeGreaterThan(300);
        found.forEach((name, row) -> {
            String[] cells = arrays.get(name);
            List<Long> shape = Arrays.stream(cells[3].split(","))
                    .filter(axis -> !axis.isEmpty())
                    .map(Long::valueOf)
                    .collect(Collectors.toList());
            assertThat(row.<String>getAs("dtype")).as(name).isEqualTo(cells[2]);
            assertThat(row.getList(row.fieldIndex("shape"))).as(name).isEqualTo(shape);
            assertThat(row.<String>getAs("order")).as(name).isEqualTo(cells[4]);
            assertThat(row.<Long>getAs("rows")).as(name).isEqualTo(Long.parseLong(cells[5]));
            assertThat(row.<Long>getAs("columns")).as(name).isEqualTo(Long.parseLong(cells[6]));
        });
    }

    private void assertSameStats(Map<String, Row> found) {
        assertThat(found.keySet()).isEqualTo(columns.keySet()).hasSizeGreaterThan(500);
        found.forEach((name, row) -> {
            String[] cells = columns.get(name);
            assertThat(row.<Long>getAs("count")).as(name).isEqualTo(Long.parseLong(cells[2]));
            assertThat(row.<Long>getAs("nan_count")).as(name).isEqualTo(Long.parseLong(cells[3]));
            if (cells[4].equals("none")) {
                assertThat(row.<Double>getAs("sum")).as(name).isZero();
                for (String none : List.of("min", "max", "mean", "stddev", "exact_min", "exact_max")) {
                    assertThat(row.isNullAt(row.fieldIndex(none)))
                            .as(name + " " + none)
                            .isTrue();
                }
                return;
            }
            double mean = Double.parseDouble(cells[7]);
            double stddev = Double.parseDouble(cells[8]);
            assertThat(row.<Double>getAs("min")).as(name).isEqualTo(Double.parseDouble(cells[4]));
            assertThat(row.<Double>getAs("max")).as(name).isEqualTo(Double.parseDouble(cells[5]));
            assertClose(row, "sum", Double.parseDouble(cells[6]), Math.abs(Double.parseDouble(cells[6])), name);
            assertClose(row, "mean", mean, Math.abs(mean), name);
            assertClose(row, "stddev", stddev, stddev, name);
            assertExact(row, "exact_min", cells[9], name);
            assertExact(row, "exact_max", cells[10], name);
            assertExact(row, "exact_sum", cells[11], name);
            if (Arrays.asList(row.schema().fieldNames()).contains(QUANTILES[0])) {
                for (int i = 0; i < QUANTILES.length; i++) {
                    assertThat(row.<Double>getAs(QUANTILES[i]))
                            .as(name)
                            .isBetween(Double.parseDouble(cells[12 + 2 * i]), Double.parseDouble(cells[13 + 2 * i]));
                }
            }
        });
    }

    private static void assertClose(Row row, String column, double expected, double scale, String name) {
        assertThat(row.<Double>getAs(column)).as(name + " " + column).isCloseTo(expected, within(1e-12 * scale));
    }

    private static void assertExact(Row row, String column, String expected, String name) {
        BigDecimal exact = row.getAs(column);
        assertThat(exact).as(name + " " + column).isEqualTo(expected.isEmpty() ? null : new BigDecimal(expected));
    }
}
