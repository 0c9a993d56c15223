package io.zipmap.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.options.Option;
import io.zipmap.testing.Run;
import io.zipmap.testing.SparkLocal;
import io.zipmap.testing.TestOptions;
import io.zipmap.testing.Zips;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The cost of statistics is bounded by the elements of arrays, not by the shapes in their headers. */
class WideArraysTest {
    @RegisterExtension
    static final SparkLocal SPARK = SparkLocal.kryo();

    @TempDir
    Path folder;

    private Run run(Object... more) throws IOException {
        return Run.of(SPARK.session(), TestOptions.of(Option.INPUT, folder).and(more));
    }

    private void write(String name, String dtype, long... axes) throws IOException {
        Files.write(folder.resolve(name), Zips.npy(dtype, new byte[0], axes));
    }

    private Dataset<Row> table(String name, String columns) {
        return SPARK.session()
                .read()
                .format("zipmap")
                .option("columns", columns)
                .load(folder.resolve(name).toString());
    }

    @Test
    void wideArraysWithoutElementsCostNothing() throws IOException {
        write("a.npy", "|u1", 0, 1L << 62);
        write("b.npy", "<f4", 0, 20_000_000);
        write("c.npy", "[('x', '|u1', (2147483647,))]", 0);
        write("d.npy", "[('x', '|u1', (2147483647,))]", 0, 1L << 31);
        write("e.npy", "<f8", 0, 2, 1L << 32);
        write("f.npy", "<f4", 0, 250_000);
        write("g.npy", "<f4", 5, 0);
        write("h.npy", "<f4", 0, 1L << 62);
        Zips.deflated(folder.resolve("i.npz"), "x.npy", Zips.npy("<f4", new byte[0], 0, 1L << 40));
        Zips.stored(folder.resolve("j.npz"), "x.npy", Zips.npy(4, 0, 4));
        Run run = run(Option.QUANTILES, "true");
        assertThat(run.failures).isEmpty();
        assertThat(run.arrays).hasSize(10);
        assertThat(run.statsByColumn()).containsOnlyKeys("j.npz!x.npy value");
        assertThat(run.statsByField()).containsOnlyKeys("j.npz!x.npy value");
        assertThat(run.summary.tooWide()).isEqualTo(7);
        assertThat(run(Option.AGGREGATE_ON, "driver").columnStats).hasSize(1);
        for (String name : new String[] {"a.npy", "b.npy", "d.npy", "e.npy", "h.npy", "i.npz"}) {
            Dataset<Row> table = table(name, "p,q,...");
            assertThat(table.count()).as(name).isZero();
            assertThat(table.collectAsList()).as(name).isEmpty();
        }
        assertThat(table("a.npy", "p,q,...")
                        .selectExpr("sum(p)", "max(q)")
                        .head()
                        .isNullAt(0))
                .isTrue();
        assertThat(table("c.npy", "p,...").collectAsList()).isEmpty();
    }

    @Test
    void anArrayWithTooManyColumnsHasNoStatisticsOfColumnsButSqlReadsIt() throws IOException {
        Files.write(folder.resolve("a.npy"), Zips.npy(2 * 6, 0, 2, 2, 3));
        Files.write(folder.resolve("b.npy"), Zips.npy(2 * 5, 0, 2, 5));
        Files.write(folder.resolve("c.npy"), Zips.npy("[('p', '<f4', (4,)), ('q', '<i2', (2,))]", new byte[20], 1));
        Run run = run(Option.MAX_COLUMNS, "5");
        assertThat(run.arrays).hasSize(3);
        assertThat(run.statsByColumn().keySet()).hasSize(5).allMatch(name -> name.startsWith("b.npy "));
        assertThat(run.statsByField()).containsOnlyKeys("a.npy value", "b.npy value", "c.npy p", "c.npy q");
        assertThat(run.statsByField().get("a.npy value").<Double>getAs("sum")).isEqualTo(11 * 12 / 2.0);
        assertThat(run.summary.tooWide()).isEqualTo(2);
        assertThat(run.failures).isEmpty();
        assertThat(table("a.npy", "p,q,...")
                        .selectExpr("sum(p[0] + q[2])")
                        .head()
                        .getDouble(0))
                .isEqualTo(0 + 5 + 6 + 11);
        assertThat(run(Option.MAX_COLUMNS, "6").columnStats).hasSize(17);
    }

    @Test
    void aShapeTooBigForNumpyIsRefused() throws IOException {
        Files.write(folder.resolve("a.npy"), header("|u1", "(0, 1099511627776, 1099511627776)"));
        Files.write(folder.resolve("b.npy"), header("|u1", "(1099511627776, 0, 1099511627776)"));
        Files.write(folder.resolve("c.npy"), header("[('x', '|u1', (2147483647,))]", "(0, 8589934592)"));
        Run run = run();
        assertThat(run.arrays).isEmpty();
        assertThat(run.conditionsByName().values()).hasSize(3).containsOnly("ZIPMAP_HEADER_INVALID");
    }

    private static byte[] header(String dtype, String shape) {
        String quoted = dtype.startsWith("[") ? dtype : "'" + dtype + "'";
        String text = "{'descr': " + quoted + ", 'fortran_order': False, 'shape': " + shape + ", }";
        text += " ".repeat(117 - text.length()) + "\n";
        return ("\u0093NUMPY\u0001\0v\0" + text).getBytes(StandardCharsets.ISO_8859_1);
    }
}
