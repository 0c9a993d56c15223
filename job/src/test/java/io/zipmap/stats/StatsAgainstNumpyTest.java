package io.zipmap.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.zipmap.array.Order;
import io.zipmap.mapped.MappedArray;
import io.zipmap.testing.Numpy;
import io.zipmap.testing.NumpyOracle;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every dtype, byte order, order and number of axes, cut into slices and tiles that are merged as they happen to come.
 */
@NumpyOracle
class StatsAgainstNumpyTest {
    private static final String SCRIPT = String.join(
            "\n",
            "import sys, math, numpy as np",
            "folder, dtypes, shapes, kinds = sys.argv[1], sys.argv[2].split(), sys.argv[3].split(), "
                    + "sys.argv[4].split()",
            "rng = np.random.default_rng(7)",
            "def draw(dt, shape, kind):",
            "    n = math.prod(shape)",
            "    if dt.kind == 'b': return rng.integers(0, 2, n).astype(bool)",
            "    if dt.kind in 'iu':",
            "        i = np.iinfo(dt)",
            "        a = rng.integers(i.min, i.max, n, dtype=dt.newbyteorder('='), endpoint=True)",
            "        if kind == 'small': a = a & a.dtype.type(3)",
            "        a[:n // 40] = i.max; a[n // 2:n // 2 + n // 40] = i.min",
            "        return a",
            "    a = rng.standard_normal(n) * 100 + 3",
            "    a[rng.random(n) < .1] = -0.0",
            "    if kind == 'nan': a[rng.random(n) < .3] = np.nan",
            "    if kind == 'inf': a[rng.random(n) < .002] = np.inf; a[rng.random(n) < .002] = -np.inf",
            "    if kind == 'rare': a[rng.integers(n // 3, n, 3)] = np.nan; a[-1] = np.inf",
            "    if kind == 'step': a += (np.arange(n) * 5 // n - 2) * 2e4",
            "    if kind == 'allnan': a[:] = np.nan",
            "    if kind == 'zero': a = np.where(rng.random(n) < .5, -0.0, 0.0)",
            "    return a",
            "text = lambda x: float(x).hex()",
            "number = 0",
            "for d in dtypes:",
            "  for text_shape in shapes:",
            "    for order in 'CF':",
            "      for kind in kinds:",
            "        dt = np.dtype(d)",
            "        shape = tuple(int(x) for x in text_shape.split(',') if x)",
            "        a = draw(dt, shape, kind).astype(dt).reshape(shape)",
            "        open(f'{folder}/{number}', 'wb').write(a.tobytes(order))",
            "        rows = shape[0] if shape else 1",
            "        columns = math.prod(shape[1:])",
            "        print('array', number, d, text_shape, order, sep='\\t')",
            "        number += 1",
            "        for c in range(columns):",
            "            v = a.reshape(rows, columns)[:, c].copy()",
            "            nan = int(np.isnan(v).sum()) if dt.kind == 'f' else 0",
            "            if nan: v = v[~np.isnan(v)]",
            "            if len(v) == 0: print(rows, nan, 'none', sep='\\t'); continue",
            "            f = v.astype('f8')",
            "            if dt.kind == 'f': total = text(math.fsum(f) if np.isfinite(f).all() else f.sum())",
            "            else: total = sum(int(x) for x in v.tolist())",
            "            exact = (math.fsum(f) if np.isfinite(f).all() else f.sum()) / len(v) if dt.kind == 'f' "
                    + "else total / len(v)",
            "            show = text if dt.kind == 'f' else int",
            "            print(rows, nan, show(v.min()), show(v.max()), total, text(v.mean(dtype='f8')), "
                    + "text(f.std()), text(exact), sep='\\t')");

    private final Random random = new Random(11);

    @TempDir
    Path folder;

    @Test
    void integersAndBoolsAreExact() throws Exception {
        check(
                "|b1 |i1 |u1 <i2 >i2 <u2 >u2 <i4 >i4 <u4 >u4 <i8 >i8 <u8 >u8",
                ", 0, 1, 1500, 0,3 700,3 3,600 20,3,2,2 2,1,1,3,1",
                "any small");
    }

    @Test
    void floatStatisticsEqualThoseOfNumpy() throws Exception {
        check("<f2 >f2 <f4 >f4 <f8 >f8", ", 0, 1, 1500, 0,3 700,3 3,600 20,3,2,2 2,1,1,3,1", "any nan");
    }

    @Test
    void nanInfinityAndZerosActAsInNumpy() throws Exception {
        check("<f2 >f4 <f8", "1, 900, 300,5 40,4,3", "inf allnan zero");
    }

    @Test
    void unevenBlocksAndColumnGroupsGiveTheStatisticsOfNumpy() throws Exception {
        check("<f4 >u8 <i2", "20000, 9000,2 50,513 40,1025 3,5000", "any");
    }

    @Test
    void dissimilarBlocksOfASliceGiveTheStatisticsOfNumpy() throws Exception {
        check("<f4 <i2 |u1", "300000, 100000,3 40000,9 600,500", "any step rare");
    }

    private void check(String dtypes, String shapes, String kinds) throws IOException {
        List<String> lines = Numpy.lines(SCRIPT, folder, dtypes, shapes, kinds);
        int at = 0;
        while (at < lines.size()) {
            String[] head = lines.get(at++).split("\t", -1);
            long[] axes = Arrays.stream(head[3].split(","))
                    .filter(s -> !s.isEmpty())
                    .mapToLong(Long::parseLong)
                    .toArray();
            Order order = head[4].equals("C") ? Order.C : Order.FORTRAN;
            try (MappedArray array = MappedArrayFixture.file(folder.resolve(head[1]), head[2], order, axes)) {
                ColumnStats[] found = inPieces(array);
                for (int c = 0; c < found.length; c++) {
                    assertSame(lines.get(at++).split("\t"), found[c], String.join(" ", head) + " column " + c);
                }
            }
        }
        assertThat(at).isPositive();
    }

    private ColumnStats[] inPieces(MappedArray array) throws IOException {
        ColumnStats[] found = new ColumnStats[(int) array.columns()];
        List<Long> columns = cuts(array.columns(), Tile.MAX_COLUMNS);
        for (int t = 0; t + 1 < columns.size(); t++) {
            Tile tile = Tile.of(columns.get(t), columns.get(t + 1));
            List<Long> rows = cuts(array.rows(), Long.MAX_VALUE);
            List<TileStats> parts = new ArrayList<>(List.of(StatsKernel.compute(array, 0, 0, tile)));
            for (int r = 0; r + 1 < rows.size(); r++) {
                parts.add(MappedArrayFixture.sent(
                        StatsKernel.compute(array, rows.get(r), rows.get(r + 1), tile), random));
            }
            Collections.shuffle(parts, random);
            TileStats all = parts.stream().reduce(TileStats::merge).orElseThrow();
            for (int i = 0; i < tile.columns(); i++) {
                found[(int) tile.fromColumn() + i] = all.column(i);
            }
        }
        return found;
    }

    /** Cuts from 0 to n in up to four steps of at most {@code most}. */
    private List<Long> cuts(long n, long most) {
        TreeSet<Long> cuts = new TreeSet<>(List.of(0L, n));
        for (int i = random.nextInt(4); i > 0 && n > 0; i--) {
            cuts.add(random.nextLong(n));
        }
        for (long at = most; at > 0 && at < n; at += most) {
            cuts.add(at);
        }
        return new ArrayList<>(cuts);
    }

    private static void assertSame(String[] expected, ColumnStats found, String where) {
        assertThat(found.count()).as(where).isEqualTo(Long.parseLong(expected[0]));
        assertThat(found.nanCount()).as(where).isEqualTo(Long.parseLong(expected[1]));
        if (expected[2].equals("none")) {
            assertThat(found.min()).as(where).isEmpty();
            assertThat(found.max()).as(where).isEmpty();
            assertThat(found.mean()).as(where).isEmpty();
            assertThat(found.stddev()).as(where).isEmpty();
            assertThat(found.sum()).as(where).isZero();
            assertThat(found.exactMin()).as(where).isEmpty();
            return;
        }
        if (found.exactSum().isPresent()) {
            assertThat(found.exactMin()).as(where).contains(new BigInteger(expected[2]));
            assertThat(found.exactMax()).as(where).contains(new BigInteger(expected[3]));
            assertThat(found.exactSum()).as(where).contains(new BigInteger(expected[4]));
            assertThat(found.min()).as(where).hasValue(new BigInteger(expected[2]).doubleValue());
            assertThat(found.max()).as(where).hasValue(new BigInteger(expected[3]).doubleValue());
            assertThat(found.sum()).as(where).isEqualTo(new BigInteger(expected[4]).doubleValue());
        } else {
            assertThat(found.min().orElseThrow() == parse(expected[2]))
                    .as(where)
                    .isTrue();
            assertThat(found.max().orElseThrow() == parse(expected[3]))
                    .as(where)
                    .isTrue();
            double sum = parse(expected[4]);
            assertClose(OptionalDouble.of(found.sum()), sum, 2.3e-16 * Math.abs(sum), where + " sum");
        }
        double mean = parse(expected[5]);
        double stddev = parse(expected[6]);
        assertClose(found.mean(), parse(expected[7]), 4.5e-16 * Math.abs(parse(expected[7])), where + " exact mean");
        assertClose(found.mean(), mean, 1e-12 * (Math.abs(mean) + stddev), where + " mean");
        assertClose(found.stddev(), stddev, 1e-12 * stddev, where + " stddev");
    }

    private static void assertClose(OptionalDouble found, double expected, double tolerance, String where) {
        assertThat(found).as(where).isPresent();
        if (Double.isFinite(expected)) {
            assertThat(found.getAsDouble()).as(where).isCloseTo(expected, within(tolerance));
        } else {
            assertThat(found.getAsDouble()).as(where).isEqualTo(Double.valueOf(expected));
        }
    }

    private static double parse(String text) {
        switch (text) {
            case "inf":
                return Double.POSITIVE_INFINITY;
            case "-inf":
                return Double.NEGATIVE_INFINITY;
            case "nan":
                return Double.NaN;
            default:
                return Double.parseDouble(text);
        }
    }
}
