package io.zipmap.sql.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.testing.SparkLocal;
import io.zipmap.testing.Zips;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.execution.QueryExecutionException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class QueryErrorsTest {
    @RegisterExtension
    static final SparkLocal SPARK = SparkLocal.kryo();

    @TempDir
    Path folder;

    private Dataset<Row> load(String name, Map<String, String> options) {
        return SPARK.session()
                .read()
                .format("zipmap")
                .options(options)
                .load(folder.resolve(name).toString());
    }

    private static void assertAnalysis(Condition condition, String state, ThrowingCallable call) {
        Throwable thrown = catchThrowable(call);
        assertThat(thrown)
                .isInstanceOf(AnalysisException.class)
                .hasMessageStartingWith("[" + condition.label() + "] ")
                .hasCauseInstanceOf(ZipmapException.class);
        SparkThrowable error = (SparkThrowable) thrown;
        assertThat(error.getCondition()).isEqualTo(condition.label());
        assertThat(error.getSqlState()).isEqualTo(state);
        assertThat(error.isInternalError()).isFalse();
        assertThat(error.getMessageParameters()).containsKey("problem");
        assertThat(error.getQueryContext()).isEmpty();
    }

    @Test
    void anErrorOfTheCallerIsAnAnalysisException() throws IOException {
        Zips.stored(folder.resolve("a.npz"), "x.npy", Zips.npy(6, 0, 3, 2));
        Zips.stored(folder.resolve("b.npz"), "x.npy", Zips.npy(3, 0, 3));
        Zips.stored(folder.resolve("raw.zip"), "x.bin", Zips.floats(4, 0));
        Files.writeString(folder.resolve("no.npz"), "no archive");
        assertAnalysis(Condition.INPUT_MISSING, "42K03", () -> load("nowhere.npz", Map.of()));
        assertAnalysis(Condition.OPTION_INVALID, "22023", () -> load("a.npz", Map.of("entriess", "x")));
        assertAnalysis(Condition.ARRAYS_DISAGREE, "42KD9", () -> load("{a,b}.npz", Map.of()));
        assertAnalysis(Condition.LAYOUT_REQUIRED, "KD001", () -> load("raw.zip", Map.of()));
        assertAnalysis(Condition.NOT_AN_ARCHIVE, "KD001", () -> load("no.npz", Map.of()));
        Dataset<Row> table = load("a.npz", Map.of("entries", "x"));
        assertAnalysis(
                Condition.WRITE_UNSUPPORTED,
                "0A000",
                () -> table.write().format("zipmap").save(folder.resolve("out").toString()));
        SPARK.session().catalog().dropTempView("missing");
        String view = "CREATE TEMPORARY VIEW missing USING zipmap OPTIONS (path '" + folder.resolve("nowhere") + "')";
        assertAnalysis(Condition.INPUT_MISSING, "42K03", () -> SPARK.session().sql(view));
        Files.delete(folder.resolve("a.npz"));
        assertAnalysis(Condition.INPUT_MISSING, "42K03", table::count);
    }

    /** A name, options, and the part of the message that mentions options. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "a.npz|SLICEbytes=much|Invalid value of sliceBytes: much",
                "a.npz|sliceBytes=1|Invalid value of sliceBytes: 1",
                "a.npz|dtype=float64|Invalid value of dtype: the .npy header differs",
                "a.npz|shape=9|Leave shape out",
                "a.npz|entries=[|Invalid value of entries: [",
                "a.npz|entries=z|matches entries: z",
                "a.npz|columns=a,a|Invalid value of columns: a,a",
                "a.npz|columns=a|columns=a,...; to have each array as one column, as for images, give table=members.",
                "{a,b}.npz||Give entries=x to choose entries, or columns=a,b,... to take",
                "a.npz|maxEntries=0|Raise maxEntries if",
                "a.npz|maxEntryBytes=1|Raise maxEntryBytes if",
                "a.npz|maxHeaderChars=1|Raise maxHeaderChars if",
                "raw.zip||as in dtype=float32 shape=-1,4, or name the entries to read, as in entries=x,y.",
                "raw.zip|dtype=int8 shape=3|Check dtype and shape, or name the entries to read, as in entries=x,y."
            })
    void optionsAreSpelledAsOnTheDataSource(String name, String options, String mentioned) throws IOException {
        Zips.stored(folder.resolve("a.npz"), "x.npy", Zips.npy(6, 0, 3, 2));
        Zips.stored(folder.resolve("b.npz"), "x.npy", Zips.npy(3, 0, 3));
        Zips.stored(folder.resolve("raw.zip"), "x.bin", Zips.floats(4, 0));
        Map<String, String> given = new HashMap<>();
        for (String option : options == null ? new String[0] : options.split(" ")) {
            given.put(option.substring(0, option.indexOf('=')), option.substring(option.indexOf('=') + 1));
        }
        assertThatThrownBy(() -> load(name, given))
                .isInstanceOf(AnalysisException.class)
                .hasMessageContaining(mentioned)
                .message()
                .doesNotContain("--");
    }

    @Test
    void anErrorOfATaskIsThrownAsTheTaskThrewIt() throws IOException {
        Path archive = Zips.deflated(folder.resolve("a.npz"), "x.npy", Zips.npy(4000, 0, 1000, 4));
        byte[] bytes = Files.readAllBytes(archive);
        bytes[bytes.length / 2] ^= 0x55;
        Files.write(archive, bytes);
        Dataset<Row> table = load("a.npz", Map.of());
        assertThatThrownBy(table::collectAsList)
                .isInstanceOf(QueryExecutionException.class)
                .isInstanceOfSatisfying(SparkThrowable.class, error -> {
                    assertThat(error.getCondition()).startsWith("ZIPMAP_");
                    assertThat(error.getSqlState()).isEqualTo("KD001");
                    assertThat(error.getMessageParameters())
                            .containsEntry("archive", archive.toString())
                            .containsEntry("entry", "x.npy");
                })
                .hasMessageContaining("a.npz; entry: x.npy")
                .hasCauseInstanceOf(ZipmapException.class);
        assertThatThrownBy(() -> table.selectExpr("max(c0)").collectAsList())
                .isInstanceOf(QueryExecutionException.class);
    }

    @ParameterizedTest
    @EnumSource
    void blameDecidesTheClass(Condition condition) {
        Throwable thrown = catchThrowable(() -> {
            throw QueryErrors.of(new ZipmapException(condition, "Cannot try"));
        });
        switch (condition.blame()) {
            case USAGE, INPUT -> assertThat(thrown).isInstanceOf(AnalysisException.class);
            case SOURCE, NODE -> assertThat(thrown).isInstanceOf(QueryExecutionException.class);
        }
        SparkThrowable error = (SparkThrowable) thrown;
        assertThat(error.getCondition()).isEqualTo(condition.label());
        assertThat(error.getSqlState()).matches("[0-9A-Z]{5}");
    }

    @Test
    void anErrorWithoutANameKeepsItsMessage() {
        IOException plain = new IOException("connection reset");
        assertThatThrownBy(() -> {
                    throw QueryErrors.of(plain);
                })
                .isExactlyInstanceOf(QueryExecutionException.class)
                .hasMessage("connection reset")
                .hasCause(plain);
        assertThatThrownBy(() -> {
                    throw QueryErrors.of(new InterruptedIOException("stop"));
                })
                .isInstanceOf(UncheckedIOException.class);
    }
}
