package io.zipmap.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.zipmap.Condition;
import io.zipmap.testing.Errors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputCheckTest {
    @TempDir
    Path folder;

    @BeforeEach
    void write() throws IOException {
        for (String file :
                List.of("good/a.npz", "tree/one/a.npz", "tree/two/b.npz", "other/t.csv", "packed/a.tar.gz")) {
            Path path = folder.resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, "x");
        }
        Files.createDirectories(folder.resolve("empty"));
    }

    private void check(String... inputs) throws IOException {
        for (String input : inputs) {
            String given = input.startsWith("@") ? "@" + folder + "/" + input.substring(1) : folder + "/" + input;
            new InputCheck(new Configuration(), false).require(List.of(given));
        }
    }

    private String empty(String input) {
        return Errors.named(Condition.INPUT_EMPTY, () -> check(input)).getMessage();
    }

    @Test
    void anInputWithAnArchivePasses() {
        assertThatCode(() -> check(
                        "good", "good/a.npz", "good/*", "g*/a.npz", "tree/**", "tree/*", "other/t.csv", "@other/t.csv"))
                .doesNotThrowAnyException();
    }

    @Test
    void aMissingInputIsNamed() {
        for (String input : List.of("nowhere", "nowhere/*.npz", "nowhere/**", "@nowhere")) {
            assertThat(Errors.named(Condition.INPUT_MISSING, () -> check(input)))
                    .hasMessageContaining(folder + "/nowhere");
        }
    }

    @Test
    void anEmptyInputSaysWhatToTypeInstead() {
        assertThat(empty("tree"))
                .contains("actual: 2 folders, one, two.")
                .endsWith("To read the archives of all folders under it, give '" + folder + "/tree/**'.");
        assertThat(empty("tree/")).endsWith("give '" + folder + "/tree/**'.");
        assertThat(empty("other")).contains("actual: the file t.csv.").endsWith("give '" + folder + "/other/*'.");
        assertThat(empty("packed")).endsWith("unpack a.tar.gz first.");
        assertThat(empty("empty")).contains("actual: an empty folder.");
        assertThat(empty("good/*.zip")).endsWith("No name in that folder matches the glob *.zip.");
        assertThat(empty("other/**")).contains("FOLDER/**");
    }
}
