package io.zipmap.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.Condition;
import io.zipmap.job.output.FormerViews;
import io.zipmap.options.Option;
import io.zipmap.testing.OverlapBomb;
import io.zipmap.testing.Run;
import io.zipmap.testing.SparkLocal;
import io.zipmap.testing.TestOptions;
import io.zipmap.testing.Zips;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipOutputStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import scala.Console;

/** Whole runs over archives that an attacker could write. */
class HostileArchivesTest {
    @RegisterExtension
    static final SparkLocal SPARK = SparkLocal.java();

    private static final List<String> NAMES = List.of(
            "'; DROP TABLE arrays; --.npy",
            "a \"b\" 'c' `d` \\e.npy",
            "*?[a-z]{b,c}.npy",
            "new\nline,\ttab\rand return.npy",
            "\u001b[31mred\u001b[0m\u0007.npy",
            "\u202egnp.npy",
            "../../../../tmp/escaped.npy",
            "/absolute.npy",
            "C:\\windows\\x.npy",
            "..",
            "$(touch x); `touch y` | z & #",
            "%2e%2e%2f$HOME",
            " ",
            "größe/数.npy");
    private static final Pattern ACTS = Pattern.compile("[\\p{Cntrl}\u202e&&[^\n]]");

    @TempDir
    Path folder;

    private Path input;
    private Path output;
    private Path scratch;

    @BeforeEach
    void folders() throws IOException {
        input = Files.createDirectories(folder.resolve("in"));
        output = folder.resolve("out");
        scratch = folder.resolve("scratch");
    }

    private static SparkSession session() {
        return SPARK.session();
    }

    private Run run(Object... more) throws IOException {
        return Run.of(
                session(),
                TestOptions.of(Option.INPUT, input, Option.OUTPUT, output, Option.SCRATCH, scratch)
                        .and(more));
    }

    private static void write(Path file, List<String> names) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (int i = 0; i < names.size(); i++) {
                Zips.add(zip, false, names.get(i), Zips.npy(6, i, 2, 3));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"parquet", "json", "csv"})
    void namesAreUnchangedInTablesAndSql(String format) throws IOException {
        write(input.resolve("a.zip"), NAMES);
        Run run = run(Option.TABLE_FORMAT, format);
        assertThat(run.arrays).extracting(row -> row.<String>getAs("entry")).containsExactlyInAnyOrderElementsOf(NAMES);
        assertThat(run.failures).isEmpty();
        FormerViews.at(session(), output.toString(), format).register();
        String literals = NAMES.stream()
                .map(name -> "'" + name.replace("\\", "\\\\").replace("'", "\\'") + "'")
                .collect(Collectors.joining(","));
        List<Row> rows = session()
                .sql("SELECT a.entry, s.min FROM arrays a JOIN column_stats s USING (archive, entry)"
                        + " WHERE column = 'c0' AND entry IN (" + literals + ")")
                .collectAsList();
        assertThat(rows)
                .extracting(row -> row.getString(0) + " " + row.getDouble(1))
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, NAMES.size())
                        .mapToObj(i -> NAMES.get(i) + " " + (double) i)
                        .toList());
    }

    @Test
    void noNameBecomesAPath() throws IOException {
        write(input.resolve("a.zip"), NAMES);
        Run run = run(Option.KEEP_SCRATCH, "true");
        for (Row row : run.arrays) {
            Path path = Path.of(row.<String>getAs("path"));
            assertThat(path).startsWith(scratch);
            assertThat(path.getFileName().toString()).matches("[0-9a-z.-]+");
        }
        try (Stream<Path> here = Files.list(folder)) {
            assertThat(here).containsExactlyInAnyOrder(input, output, scratch);
        }
        assertThat(Path.of("/tmp/escaped.npy")).doesNotExist();
        assertThat(Path.of("/absolute.npy")).doesNotExist();
    }

    @Test
    void shownNamesHaveNoTerminalControlCharacters() throws IOException {
        write(input.resolve("a.zip"), NAMES);
        Zips.corrupt(Zips.stored(input.resolve("b.zip"), "\u001b[2Jbad.npy", Zips.npy(20, 0, 20)));
        ByteArrayOutputStream shown = new ByteArrayOutputStream();
        Run run = Console.withOut(shown, () -> runUnchecked(Option.SQL, "SELECT entry FROM arrays ORDER BY entry"));
        String text = shown.toString(StandardCharsets.UTF_8);
        assertThat(text).contains("\\u001b[31mred", "größe/数.npy").doesNotContainPattern(ACTS);
        assertThat(run.failures).hasSize(1);
        assertThat(run.failures.get(0).<String>getAs("entry")).isEqualTo("\u001b[2Jbad.npy");
        assertThat(run.failures.get(0).<String>getAs("message"))
                .contains("\\u001b[2Jbad.npy")
                .doesNotContainPattern(ACTS);
    }

    private Run runUnchecked(Object... more) {
        try {
            return run(more);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void entriesOfTheSameNameAreKeptApart() throws IOException {
        Path file = input.resolve("a.zip");
        write(file, List.of("same1.npy", "same2.npy"));
        byte[] bytes = Files.readAllBytes(file);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        Files.write(file, text.replace("same2", "same1").getBytes(StandardCharsets.ISO_8859_1));
        Run run = run(Option.KEEP_SCRATCH, "true", Option.DUPLICATES, "all");
        assertThat(run.failures).isEmpty();
        assertThat(run.arrays).extracting(row -> row.getAs("entry")).containsExactly("same1.npy", "same1.npy");
        assertThat(run.arrays).extracting(row -> row.getAs("path")).doesNotHaveDuplicates();
        assertThat(run.columnStats).extracting(row -> row.getAs("min")).contains(0.0, 1.0);
    }

    @Test
    void anOverlapBombWritesNothing() throws IOException {
        new OverlapBomb(2_000, 10_000).write(input.resolve("bomb.zip"));
        Run run = run(Option.KEEP_SCRATCH, "true", Option.DTYPE, "uint8");
        assertThat(run.conditionsByName()).hasSize(1).containsValue(Condition.ENTRIES_OVERLAP.label());
        assertThat(run.arrays).isEmpty();
        assertThat(run.summary.extractedBytes()).isZero();
        try (Stream<Path> files = Files.walk(scratch)) {
            // Only the leases and locks of scratch, which have a few bytes, are there.
            assertThat(files.filter(Files::isRegularFile))
                    .allMatch(file -> file.toFile().length() < 100);
        }
    }

    @Test
    void aDtypeTooLongForARecordIsAFailureButSqlReadsIt() throws IOException {
        StringBuilder dtype = new StringBuilder("[");
        for (int i = 0; i < 400; i++) {
            dtype.append("('").append(Integer.toString(i * 7919, 36)).append("', '|u1'),");
        }
        Path file = input.resolve("wide.npz");
        Zips.deflated(file, "a.npy", Zips.npy(dtype + "]", new byte[800], 2));
        Run run = run();
        assertThat(run.conditionsByName()).containsValue(Condition.DTYPE_TOO_LONG.label());
        assertThat(run.failures.get(0).<String>getAs("message")).contains("400 fields", "with SQL");
        assertThat(session()
                        .read()
                        .format("zipmap")
                        .load(file.toString())
                        .selectExpr("sum(`0`)", "count(*)")
                        .collectAsList())
                .hasToString("[[0,2]]");
    }

    @Test
    void anArrayThatCompressesWellIsAccepted() throws IOException {
        byte[] content = Zips.npy(1_000_000, 0, 1_000_000);
        Arrays.fill(content, 128, content.length, (byte) 0);
        Path file = Zips.deflated(input.resolve("zeros.zip"), "zeros.npy", content);
        assertThat(content.length / Files.size(file)).isGreaterThan(674);
        Run run = run();
        assertThat(run.failures).isEmpty();
        assertThat(run.columnStats.get(0).<Long>getAs("count")).isEqualTo(1_000_000);
    }
}
