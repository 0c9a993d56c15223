package io.zipmap.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.Condition;
import io.zipmap.testing.Errors;
import io.zipmap.testing.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportFileTest {
    private static final String OLD = "<p>an old page</p><script type=\"application/json\" id=\"report\">"
            + "{\"a\": [1.5, {\"b\": \"<!-- é\"}], \"c\": null}</script>";

    @TempDir
    Path folder;

    private Path page;

    @BeforeEach
    void writeAnOldPage() throws IOException {
        page = Files.createDirectories(folder.resolve("out/_report")).resolve("index.html");
        Files.writeString(page, OLD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s/out", "file:%s/out", "file://%s/out", "%s/out/_report/index.html"})
    void aPageIsRenderedAgainFromItsData(String name) throws IOException {
        ReportFile file = ReportFile.existing(String.format(name, folder), ReportFileTest::notNeeded);
        file.render();
        assertThat(file).hasToString(page.toString());
        assertThat(page).content().doesNotContain("an old page", "<!-- é").contains("Content-Security-Policy");
        assertThat(Report.read(page)).hasToString("{\"a\":[1.5,{\"b\":\"<!-- é\"}],\"c\":null}");
        assertThat(page.getParent()).isDirectoryNotContaining("glob:.*");
    }

    @Test
    void anOutputWithoutAReportIsNamed() {
        assertThat(Errors.named(
                        Condition.INPUT_MISSING,
                        () -> ReportFile.existing(folder.toString(), () -> new Configuration(false))))
                .hasMessageContaining(folder.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no page",
                "<script type=\"application/json\" id=\"report\">{\"a\": [1,</script>",
                "<script type=\"application/json\" id=\"report\">[]</script>"
            })
    void whatIsNoPageStaysAsItIs(String text) throws IOException {
        Files.writeString(page, text);
        ReportFile file = ReportFile.existing(page.toString(), ReportFileTest::notNeeded);
        Errors.named(Condition.INPUT_UNREADABLE, file::render);
        assertThat(page).hasContent(text);
    }

    @Test
    void theReportOfAFailedRunIsBesideItsOutput() throws IOException {
        ReportFile file = ReportFile.beside(folder.resolve("new/").toString(), new Configuration());
        file.write(new byte[] {'x'});
        assertThat(folder.resolve("new-report.html")).hasContent("x");
    }

    @Test
    void aReportThatCannotBeWrittenIsNamed() throws IOException {
        Path file = Files.createFile(folder.resolve("file")).resolve("x.html");
        ReportFile report = ReportFile.at(file.toString(), new Configuration());
        assertThat(Errors.named(Condition.OUTPUT_UNUSABLE, () -> report.write(new byte[1])))
                .hasMessageContaining("Cannot write the report: " + file);
    }

    @Test
    void aReportInAPlaceThatCannotBeWrittenIsRefusedBeforeTheRun() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        for (String below : List.of("x.html", "new/x.html")) {
            assertThat(Errors.named(
                            Condition.OUTPUT_UNUSABLE,
                            () -> ReportFile.requireUsable(
                                    file.resolve(below).toString(), Optional.empty(), new Configuration())))
                    .hasMessageContaining("no folder that this user may write: " + file);
        }
        ReportFile.requireUsable(folder.resolve("new/folder/x.html").toString(), Optional.empty(), new Configuration());
    }

    /** As letters beyond ASCII are in the locale C. No name has a NUL in any locale. */
    @Test
    void aNameThatTheLocaleCannotExpressIsRefusedBeforeTheRun() {
        assertThat(Errors.named(
                        Condition.OUTPUT_UNUSABLE,
                        () -> ReportFile.requireUsable(folder + "/a\0b", Optional.empty(), new Configuration())))
                .hasMessageContaining("a name that this locale cannot express");
    }

    /** Starting Hadoop takes longer than all the rest. */
    private static Configuration notNeeded() {
        throw new AssertionError("a local page needs no Hadoop");
    }
}
