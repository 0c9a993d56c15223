package io.zipmap.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.Condition;
import io.zipmap.options.Option;
import io.zipmap.plan.Progress;
import io.zipmap.testing.Errors;
import io.zipmap.testing.Numpy;
import io.zipmap.testing.NumpyOracle;
import io.zipmap.testing.Run;
import io.zipmap.testing.SparkLocal;
import io.zipmap.testing.TestOptions;
import io.zipmap.testing.Zips;
import io.zipmap.tools.InspectJob;
import io.zipmap.tools.PackJob;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Runs, queries, inspect and pack choose the same entries of the same archives. */
class ChosenEntriesTest {
    @RegisterExtension
    static final SparkLocal SPARK = SparkLocal.kryo();

    @TempDir
    Path folder;

    private static SparkSession session() {
        return SPARK.session();
    }

    private Run run(Object... more) throws IOException {
        return Run.of(session(), options(more));
    }

    private TestOptions options(Object... more) {
        return TestOptions.of(Option.INPUT, folder).and(more);
    }

    private List<String> inspect(Object... more) throws IOException {
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text);
        InspectJob.of(options(more).values()).print(session(), out, Progress.NONE);
        out.flush();
        return text.toString().lines().toList();
    }

    private Dataset<Row> table(String... options) {
        return table(folder, options);
    }

    private static Dataset<Row> table(Path path, String... options) {
        var reader = session().read().format("zipmap");
        for (int i = 0; i < options.length; i += 2) {
            reader = reader.option(options[i], options[i + 1]);
        }
        return reader.load(path.toString());
    }

    private static double sum(List<Row> stats) {
        return stats.stream().mapToDouble(row -> row.<Double>getAs("sum")).sum();
    }

    private static double sum(Dataset<Row> table) {
        return table.selectExpr("cast(sum(value) AS double)").head().getDouble(0);
    }

    @Test
    void theLastEntryOfANameIsTakenAndTheOthersAreCounted() throws IOException {
        Zips.named(folder.resolve("a.npz"), "x.npy", "y.npy", "x.npy", "x.npy", "dir/z.npy", "dir\\z.npy");
        double expected = 4 * (10 + 30 + 50) + 3 * 6;
        Run run = run();
        assertThat(run.arrays.stream().map(row -> row.<Integer>getAs("entry_index")))
                .containsExactlyInAnyOrder(1, 3, 5);
        assertThat(sum(run.columnStats)).isEqualTo(expected);
        assertThat(run.summary.entries().superseded()).isEqualTo(3);
        assertThat(table().count()).isEqualTo(12);
        assertThat(sum(table())).isEqualTo(expected);
        assertThat(inspect())
                .hasSize(6)
                .filteredOn(line -> line.contains("superseded"))
                .hasSize(3);
        assertThat(inspect(Option.JSON, "true"))
                .filteredOn(line -> line.contains("\"superseded\":true"))
                .hasSize(3)
                .allMatch(line -> line.contains("\"entry_index\":"));
    }

    @Test
    void duplicatesAllTakesEveryEntryOfANameByItsIndex() throws IOException {
        Zips.named(folder.resolve("a.npz"), "x.npy", "x.npy", "x.npy");
        Path output = folder.resolve("tables");
        Run run = run(Option.DUPLICATES, "all", Option.OUTPUT, output);
        assertThat(run.columnStats.stream()
                        .map(row -> row.<String>getAs("archive") + row.getAs("entry_index") + row.getAs("column")))
                .hasSize(3)
                .doesNotHaveDuplicates();
        assertThat(sum(run.columnStats)).isEqualTo(4 * 30 + 3 * 6);
        assertThat(run.summary.entries().superseded()).isZero();
        assertThat(sum(table("duplicates", "all"))).isEqualTo(4 * 30 + 3 * 6);
        assertThat(sum(table(output))).isEqualTo(4 * 30 + 3 * 6);
        assertThat(session()
                        .read()
                        .parquet(output + "/arrays")
                        .join(session().read().parquet(output + "/column_stats"), new String[] {"archive", "entry_index"
                        })
                        .count())
                .isEqualTo(3);
    }

    @NumpyOracle
    void theLastEntryOfANameIsWhatNumpyLoads() throws IOException {
        List<String> numpy = Numpy.lines("""
                import io, sys, zipfile, numpy as np
                rng = np.random.default_rng(4)
                with zipfile.ZipFile(sys.argv[1], 'w', zipfile.ZIP_DEFLATED) as z:
                    for i in range(40):
                        b = io.BytesIO(); np.save(b, rng.integers(0, 100, i).astype('f8'))
                        z.writestr('abcdef'[rng.integers(6)] + '.npy', b.getvalue())
                with np.load(sys.argv[1]) as f:
                    for k in sorted(set(f.files)): print(k, len(f[k]), f[k].sum())
                """, folder.resolve("a.npz"));
        Run run = run();
        assertThat(run.statsByColumn().entrySet().stream()
                        .map(one -> one.getKey().replaceAll("a.npz!(.)\\.npy value", "$1 ")
                                + one.getValue().<Long>getAs("count") + " "
                                + one.getValue().<Double>getAs("sum"))
                        .toList())
                .isEqualTo(numpy)
                .hasSize(6);
        assertThat(run.summary.entries().superseded()).isEqualTo(34);
    }

    @Test
    void aBadLastEntryIsAFailureAndTheEntryBeforeIsNotTakenInstead() throws IOException {
        Zips.named(folder.resolve("a.npz"), new String[] {"x.npy", "x.npy"}, Zips.npy(4, 0, 4), Zips.floats(5, 0));
        Run run = run();
        assertThat(run.arrays).isEmpty();
        assertThat(run.conditionsByName()).containsOnlyKeys("a.npz!x.npy");
        assertThat(run.failures.get(0).<Integer>getAs("entry_index")).isEqualTo(1);
        Files.writeString(folder.resolve("b.npz"), "no archive");
        assertThat(run().failures)
                .filteredOn(row -> row.<String>getAs("archive").endsWith("b.npz"))
                .allMatch(row -> row.getAs("entry_index") == null);
    }

    @Test
    void filesOfOperatingSystemsAreTakenOnlyIfNamed() throws IOException {
        String[] names = {"x.dat", "__MACOSX/._x.dat", "Thumbs.db", "dir/desktop.ini"};
        byte[] bytes = Zips.floats(6, 0);
        Zips.named(folder.resolve("a.zip"), names, bytes, bytes, bytes, bytes);
        Object[] layout = {Option.DTYPE, "float32"};
        Run run = run(layout);
        assertThat(run.arraysByName()).containsOnlyKeys("a.zip!x.dat");
        assertThat(run.summary.entries().junk()).isEqualTo(3);
        assertThat(inspect(layout)).hasSize(1);
        assertThat(table("dtype", "float32").count()).isEqualTo(6);
        assertThat(run(Option.DTYPE, "float32", Option.ENTRIES, "*").arrays).hasSize(4);
        assertThat(inspect(Option.DTYPE, "float32", Option.ENTRIES, "*")).hasSize(4);
        assertThat(table("dtype", "float32", "entries", "*").count()).isEqualTo(24);
        assertThat(table("dtype", "float32", "entries", "Thumbs.db").count()).isEqualTo(6);
        // The advice of a failure says that the entry is left out by default.
        assertThat(run(Option.ENTRIES, "*").failures.stream().map(row -> row.<String>getAs("message")))
                .hasSize(4)
                .filteredOn(message -> !message.contains("entry: x.dat"))
                .hasSize(3)
                .allMatch(message -> message.contains("Without --entries it is left out"));
    }

    @Test
    void anInputOfOnlyOperatingSystemFilesIsEmptyAndSaysSo() throws IOException {
        Zips.named(folder.resolve("a.zip"), ".DS_Store", "__MACOSX/._x.npy");
        assertThat(run().summary.entries().junk()).isEqualTo(2);
        assertThat(Errors.named(Condition.INPUT_EMPTY, this::table)).hasMessageContaining("2 junk entries");
    }

    private void write() throws IOException {
        Zips.named(folder.resolve("a.npz"), "x.npy", "y.npy");
        Files.write(folder.resolve("x_other.npy"), Zips.npy(4, 1000, 4));
        Files.write(folder.resolve("x.npy"), Zips.npy(4, 100, 4));
    }

    @Test
    void namesChooseBareFilesAsTheyChooseEntries() throws IOException {
        write();
        for (String x : List.of("x.npy", "x", "x,z", "[x].npy")) {
            assertThat(sum(table("entries", x))).as(x).isEqualTo(400 + 6 + 6);
        }
        for (String x : List.of("x", "[x].npy,z")) {
            assertThat(run(Option.ENTRIES, x).arraysByName().keySet()).as(x).containsExactly("a.npz!x.npy", "x.npy");
            assertThat(inspect(Option.ENTRIES, x)).as(x).hasSize(2);
        }
        assertThat(sum(table("entries", "x,y"))).isEqualTo(400 + 6 + 40 + 6 + 6);
        assertThat(sum(table("entries", "x_*"))).isEqualTo(4000 + 6);
    }

    @Test
    void entriesAreChosenByTheSameNamesInTheOutputOfARun() throws IOException {
        write();
        Path output = folder.resolve("tables");
        run(Option.OUTPUT, output);
        assertThat(sum(table(output, "entries", "x"))).isEqualTo(400 + 6 + 6);
        assertThat(sum(table(output, "entries", "x_other.npy"))).isEqualTo(4000 + 6);
        assertThat(Errors.named(Condition.ENTRIES_UNMATCHED, () -> table(output, "entries", "z")))
                .hasMessageContaining("x_other.npy");
    }

    @Test
    void entriesThatMatchNothingAreAnErrorThatListsTheNamesThatExist() throws IOException {
        write();
        Path output = folder.resolve("tables");
        Files.writeString(folder.resolve("broken.npz"), "no archive");
        Zips.named(folder.resolve("b.npz"), "__MACOSX/._x.npy", "dir/w.npy");
        List<Throwable> errors = List.of(
                Errors.named(Condition.ENTRIES_UNMATCHED, () -> run(Option.ENTRIES, "z,*.dat", Option.OUTPUT, output)),
                Errors.named(Condition.ENTRIES_UNMATCHED, () -> inspect(Option.ENTRIES, "z,*.dat")),
                Errors.named(Condition.ENTRIES_UNMATCHED, () -> table("entries", "z,*.dat", "onError", "quarantine")),
                Errors.named(
                        Condition.ENTRIES_UNMATCHED,
                        () -> Zipmap.on(session())
                                .option(Option.ENTRIES, "z,*.dat")
                                .extract(folder.toString())));
        for (Throwable error : errors) {
            assertThat(error.getMessage())
                    .contains("--entries: z,*.dat", "x.npy", "y.npy", "x_other.npy", "dir/w.npy")
                    .doesNotContain("MACOSX");
        }
        assertThat(output).doesNotExist();
        // One matching entry in any archive is enough.
        assertThat(run(Option.ENTRIES, "z,w*,dir/w").arrays).hasSize(1);
    }

    @Test
    void newArchivesOfAnIncrementalRunNeedNotHaveTheEntries() throws IOException {
        write();
        Path output = folder.resolve("tables");
        Object[] options = {Option.ENTRIES, "y", Option.OUTPUT, output, Option.INCREMENTAL, "true"};
        assertThat(run(options).arrays).hasSize(1);
        Zips.named(folder.resolve("b.npz"), "other.npy");
        assertThat(run(options).arraysByName()).containsOnlyKeys("a.npz!y.npy");
        assertThat(Errors.named(
                        Condition.OPTION_INVALID,
                        () -> run(
                                Option.ENTRIES,
                                "y",
                                Option.OUTPUT,
                                output,
                                Option.INCREMENTAL,
                                "true",
                                Option.DUPLICATES,
                                "all")))
                .hasMessageContaining("--duplicates");
    }

    @Test
    void packKeepsAllEntriesSoThatTheSameOnesAreTakenLater() throws IOException {
        Path in = Files.createDirectory(folder.resolve("in"));
        Zips.named(in.resolve("a.npz"), "x.npy", "__MACOSX/._x.npy", "x.npy", "Thumbs.db");
        Path out = folder.resolve("out");
        PrintWriter nowhere = new PrintWriter(new StringWriter());
        assertThat(PackJob.of(TestOptions.of(Option.INPUT, in, Option.OUTPUT, out)
                                .values())
                        .run(session(), nowhere, nowhere, Progress.NONE))
                .isZero();
        assertThat(names(out, "*", "all")).isEqualTo("0 6.0, 1 46.0, 2 86.0, 3 126.0");
        assertThat(table(out).count()).isEqualTo(4);
    }

    private static String names(Path path, String entries, String duplicates) throws IOException {
        return Run.of(session(), Option.INPUT, path, Option.ENTRIES, entries, Option.DUPLICATES, duplicates)
                .columnStats
                .stream()
                .map(row -> row.getAs("entry_index") + " " + row.getAs("sum"))
                .sorted()
                .collect(Collectors.joining(", "));
    }
}
