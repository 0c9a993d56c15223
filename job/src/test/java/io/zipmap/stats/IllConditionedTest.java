package io.zipmap.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.zipmap.array.Order;
import io.zipmap.mapped.MappedArray;
import io.zipmap.testing.Numpy;
import io.zipmap.testing.NumpyOracle;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ill-conditioned data, on which naive sums lose all digits, compared with Python's exact fractions. */
@NumpyOracle
class IllConditionedTest {
    private static final String SCRIPT = String.join(
            "\n",
            "import sys, math, numpy as np",
            "from fractions import Fraction",
            "rng = np.random.default_rng(3)",
            "n = 9000",
            "k = rng.integers(-1000, 1000, n)",
            "cases = dict(",
            "  cancel=np.stack([1e16 * k, rng.standard_normal(n), -1e16 * k], 1).reshape(-1),",
            "  huge=np.concatenate([rng.standard_normal(n) * 10.0 ** rng.integers(-20, 20, n), [1e30, -1e30]]),",
            "  offset=1e9 + rng.standard_normal(n),",
            "  finer=1e9 + 1e-4 * rng.standard_normal(n),",
            "  constant=np.full(n, 0.1),",
            "  cancel32=np.stack([1e16 * k, rng.standard_normal(n), -1e16 * k], 1).reshape(-1).astype('f4'),",
            "  huge32=(rng.standard_normal(n) * 10.0 ** rng.integers(-15, 15, n)).astype('f4'),",
            "  outlier32=np.concatenate([[1e30], rng.standard_normal(n)]).astype('f4'),",
            "  late32=np.concatenate([rng.standard_normal(n), rng.standard_normal(n) * 1e6]).astype('f4'),",
            "  offset32=(1e7 + rng.standard_normal(n)).astype('f4'),",
            "  levels32=np.concatenate([l + rng.standard_normal(40000) for l in (0, 1e6, 1e6, -3, 1e7)]).astype('f4'),",
            "  few32=(rng.standard_normal(100) * 10.0 ** rng.integers(-15, 15, 100)).astype('f4'),",
            "  long=np.int64(2**62) + rng.integers(-3, 4, n),",
            "  ulong=np.uint64(2**64 - 1) - rng.integers(0, 4, n).astype('u8'),",
            "  sparse=(np.arange(n) % 997 == 0).astype('u8'),",
            "  wide=np.where(rng.random(n) < .5, -2**63, 2**63 - 1).astype('i8'))",
            "for name, a in cases.items():",
            "    a.tofile(f'{sys.argv[1]}/{name}')",
            "    if a.dtype.kind == 'f':",
            "        s = sum(Fraction(x) for x in a.tolist())",
            "        assert float(s) == math.fsum(a)",
            "    else: s = Fraction(sum(a.tolist()))",
            "    m = s / len(a)",
            "    v = sum((Fraction(x) - m) ** 2 for x in a.tolist()) / len(a)",
            "    print(name, a.dtype.str, len(a), float(s).hex(), float(m).hex(), math.sqrt(v).hex(), "
                    + "float(sum(abs(x) for x in a.tolist())).hex(), sep='\\t')");

    @TempDir
    Path folder;

    @Test
    void sumMeanAndDeviationAreThoseOfExactArithmetic() throws Exception {
        List<String> lines = Numpy.lines(SCRIPT, folder);
        assertThat(lines).hasSize(16);
        for (String line : lines) {
            String[] expected = line.split("\t");
            long n = Long.parseLong(expected[2]);
            try (MappedArray array = MappedArrayFixture.file(folder.resolve(expected[0]), expected[1], Order.C, n)) {
                Tile tile = Tile.of(0, 1);
                TileStats merged = StatsKernel.compute(array, 0, 0, tile);
                for (long from = n; from > 0; from -= 401) {
                    merged = StatsKernel.compute(array, Math.max(0, from - 401), from, tile)
                            .merge(merged);
                }
                for (TileStats stats : List.of(StatsKernel.compute(array, 0, n, tile), merged)) {
                    ColumnStats found = stats.column(0);
                    // numpy's pairwise bound for float32, double-double precision for the others
                    double unit = expected[1].equals("<f4") && n > 128 ? 24 * 0x1p-53 : n * 0x1p-106;
                    double lost = unit * Double.parseDouble(expected[6]);
                    assertThat(found.count()).isEqualTo(n);
                    assertClose(found.sum(), expected[3], 2.3e-16, lost, expected[0] + " sum");
                    assertClose(found.mean().orElseThrow(), expected[4], 4.5e-16, lost / n, expected[0] + " mean");
                    assertClose(found.stddev().orElseThrow(), expected[5], 1e-13, 0, expected[0] + " stddev");
                }
            }
        }
    }

    private static void assertClose(double found, String expected, double relative, double absolute, String what) {
        double exact = Double.parseDouble(expected);
        assertThat(found).as(what).isCloseTo(exact, within(relative * Math.abs(exact) + absolute));
    }
}
