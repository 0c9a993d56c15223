package io.zipmap.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.zipmap.memory.MemoryTimeline;
import io.zipmap.memory.TimelineBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparedRunTest {
    private static final long MIB = 1 << 20;
    private static final MemoryTimeline MEMORY = new TimelineBuilder()
            .driver(1000, 200 * MIB)
            .executor("1", 1500, 310 * MIB)
            .child(77, 1500, 40 * MIB)
            .driver(2500, 220 * MIB)
            .driver(9000, 900 * MIB)
            .stage("extract", 1000, 2000)
            .stage("map", 2000, 3000)
            .stage("count at Some.java:107", 3000, 4000)
            .stage("map", 4000, 5000)
            .build();

    private static JsonNode read(String json) throws IOException {
        return new ObjectMapper().readTree(json);
    }

    @Test
    void theDriverAndTheExecutorsAreComparedAndNotWhatTheyStarted() throws IOException {
        JsonNode run = read(new ComparedRun("one", MEMORY, true, "It died.").json());
        assertThat(run.get("processes"))
                .extracting(process -> process.get("kind").asText())
                .containsExactly("driver", "executor");
        assertThat(run.get("outcome").asText()).isEqualTo("died");
        assertThat(run.get("sentence").asText()).isEqualTo("It died.");
    }

    @Test
    void stagesOfOneNameAreOneAndPlacesInTheCodeAreNone() throws IOException {
        JsonNode stages = read(new ComparedRun("one", MEMORY, false, "").json()).get("stages");
        assertThat(stages.toString())
                .isEqualTo("[{\"name\":\"extract\",\"start\":1000,\"end\":2000},"
                        + "{\"name\":\"map\",\"start\":2000,\"end\":5000}]");
    }

    @Test
    void theSentenceOfAMappedRunIsAboutExtractAndMap() throws IOException {
        JsonNode run = read(ComparedRun.mapped("one", MEMORY, 64 * MIB).json());
        assertThat(run.get("sentence").asText())
                .contains("200 MiB and 220 MiB", "310 MiB", "64.0 MiB of arrays")
                .doesNotContain("900");
    }

    @Test
    void thePageHasTheRunsInTheirOrder() throws IOException {
        String hostile = "</script><b>";
        List<String> runs = List.of(
                new ComparedRun("first", MEMORY, false, hostile).json(),
                new ComparedRun("second", MEMORY, false, "").json());
        String page = new String(ComparedRun.page("demo --naive", runs), StandardCharsets.UTF_8);
        JsonNode report = read(ReportPage.json(page));
        assertThat(page).doesNotContain(hostile);
        assertThat(report.get("compare"))
                .extracting(run -> run.get("title").asText())
                .containsExactly("first", "second");
        assertThat(report.get("compare").get(0).get("sentence").asText()).isEqualTo(hostile);
    }
}
