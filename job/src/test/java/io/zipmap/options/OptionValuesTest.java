package io.zipmap.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionValuesTest {
    private static final Function<String, @Nullable String> NOTHING = key -> null;

    private static OptionValues said(Option option, String... texts) throws ZipmapException {
        return OptionValues.resolve(Map.of(option, List.of(texts)), NOTHING, Map.of());
    }

    @ParameterizedTest
    @EnumSource
    void defaultsAreValuesOfTheirType(Option option) throws ZipmapException {
        OptionValues values = OptionValues.resolve(Map.of(), NOTHING, Map.of());
        assertThat(values.text(option)).isEqualTo(option.defaultText());
        assertThat(values.origin(option)).isEqualTo("default");
        if (option.defaultText().isEmpty()) {
            assertThat(values.texts(option)).isEmpty();
            assertThatThrownBy(() -> values.required(option))
                    .hasMessage("[ZIPMAP_OPTION_INVALID] Missing option: " + option.flag() + ".");
        }
    }

    @Test
    void theCommandLineOverridesTheConfigurationWhichOverridesDefaults() throws ZipmapException {
        Map<String, String> conf = Map.of("spark.zipmap.count", "7", "spark.zipmap.seed", "9");
        OptionValues values = OptionValues.resolve(
                Map.of(Option.COUNT, List.of("3")), conf::get, Map.of(Option.SEED, "11", Option.SHAPE, "5"));
        assertThat(values.number(Option.COUNT)).isEqualTo(3);
        assertThat(values.origin(Option.COUNT)).isEqualTo("--count");
        assertThat(values.number(Option.SEED)).isEqualTo(9);
        assertThat(values.origin(Option.SEED)).isEqualTo("spark.zipmap.seed");
        assertThat(values.text(Option.SHAPE)).contains("5");
        assertThat(values.origin(Option.SHAPE)).isEqualTo("default");
        assertThat(values.text(Option.ORDER)).contains("C");
    }

    @ParameterizedTest
    @EnumSource(names = {"INPUT", "OUTPUT", "SQL_OUTPUT"})
    void aSecretInAUriIsRefusedAndNotRepeated(Option option) {
        assertThatThrownBy(() -> said(option, "s3a://AKIA:s3cr3t@bucket/a"))
                .isInstanceOfSatisfying(
                        ZipmapException.class, e -> assertThat(e.condition()).isEqualTo(Condition.CREDENTIALS_IN_URI))
                .hasMessageNotContaining("s3cr3t")
                .hasMessageNotContaining("AKIA");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1, 1",
        "16b, 16",
        "64k, 65536",
        "64m, 67108864",
        "64MB, 67108864",
        "' 2g ', 2147483648",
        "1t, 1099511627776",
        "16T, 17592186044416",
        "7p, 7881299347898368",
        "8191p, 9222246136947933184",
        "999999999999999999, 999999999999999999"
    })
    void sizesAreParsedAsInSpark(String text, long bytes) throws ZipmapException {
        assertThat(said(Option.SLICE_BYTES, text).bytes(Option.SLICE_BYTES)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "m",
                "-1",
                "-64m",
                "+1",
                "1.5g",
                "64 m",
                "64x",
                "64mm",
                "8192p",
                "9999999999999999999",
                "0x10",
                "1e9",
                "９"
            })
    void otherSizesAreRefused(String text) {
        assertThatThrownBy(() -> said(Option.SCRATCH_BUDGET, text))
                .isInstanceOfSatisfying(
                        ZipmapException.class, e -> assertThat(e.condition()).isEqualTo(Condition.OPTION_INVALID))
                .hasMessageStartingWith("[ZIPMAP_OPTION_INVALID] Invalid value of --scratch-budget: " + text)
                .hasMessageContaining("expected: a size as in 64m, 2g or 1t");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "-1", "1.0", "1k", "9223372036854775808"})
    void otherNumbersAreRefused(String text) {
        assertThatThrownBy(() -> said(Option.MAX_ENTRIES, text))
                .hasMessageStartingWith("[ZIPMAP_OPTION_INVALID] Invalid value of --max-entries: " + text)
                .hasMessageContaining("expected: a whole number");
    }

    @Test
    void wordsMayHaveAnyCaseAndAWrongWordIsReported() throws ZipmapException {
        assertThat(said(Option.IN_PLACE, "NEVER").word(Option.IN_PLACE)).isEqualTo("never");
        assertThat(said(Option.ORDER, "f").word(Option.ORDER)).isEqualTo("F");
        assertThat(said(Option.JSON, "TRUE").flag(Option.JSON)).isTrue();
        assertThat(said(Option.JSON, "false").flag(Option.JSON)).isFalse();
        assertThatThrownBy(() -> said(Option.JSON, "yes")).hasMessageContaining("--json: yes; expected: one of true");
        assertThatThrownBy(() -> said(Option.ON_ERROR, "skip"))
                .hasMessageContaining("--on-error: skip; expected: one of quarantine, fail.");
    }

    @Test
    void aWrongValueInTheConfigurationIsAnErrorToo() {
        Map<String, String> conf = Map.of("spark.zipmap.sliceBytes", "many");
        assertThatThrownBy(() -> OptionValues.resolve(Map.of(), conf::get, Map.of()))
                .hasMessageContaining("--slice-bytes: many");
    }

    @Test
    void textsMayBeRepeatedAndScratchIsCommaSeparated() throws ZipmapException {
        OptionValues values = said(Option.SCRATCH, " /a, /b ", "", "/c,");
        assertThat(values.commaSeparated(Option.SCRATCH)).containsExactly("/a", "/b", "/c");
        assertThat(said(Option.INPUT, "a,b", "c").texts(Option.INPUT)).containsExactly("a,b", "c");
        assertThat(said(Option.OUTPUT, "first", "last").text(Option.OUTPUT)).contains("last");
    }
}
