package io.zipmap.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RunReportTest {
    @Test
    void aTextWithMarksAndTagsStaysATextOfThePage() throws IOException {
        String hostile = "</script><script>alert(1)</script><!-- @@SCRIPT@@ & \u2028\ud800";
        String json = ReportJson.text(out -> ReportJson.text(out, "name", hostile));
        String page = new String(ReportPage.of(json), StandardCharsets.UTF_8);
        assertThat(json).matches("\\p{ASCII}*").doesNotContain("<", ">", "&");
        assertThat(ReportPage.json(page)).isEqualTo(json);
        JsonNode read = new ObjectMapper().readTree(ReportPage.json(page));
        assertThat(read.get("name").asText()).isEqualTo(hostile);
    }
}
