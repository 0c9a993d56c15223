package io.zipmap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.memory.MemoryTimeline;
import io.zipmap.memory.TimelineBuilder;
import org.junit.jupiter.api.Test;

class NaiveSentenceTest {
    private static final long MIB = 1 << 20;
    private static final MemoryTimeline MEMORY = new TimelineBuilder()
            .driver(0, 140 * MIB)
            .executor("1", 0, 4000 * MIB)
            .driver(1000, 1900 * MIB)
            .driver(2000, 1000 * MIB)
            .build();

    @Test
    void itTellsHowTheDriverGrew() {
        assertThat(NaiveSentence.held(MEMORY, 458 * MIB))
                .startsWith("Anonymous memory of the driver grew from 140 MiB to 1.9 GiB: ")
                .contains("458.0 MiB of arrays");
    }

    @Test
    void itTellsOfWhatHeapTheDriverDied() {
        assertThat(NaiveSentence.died(MEMORY, 2048 * MIB))
                .contains("died of memory", "a heap of up to 2.0 GiB", "was 1.9 GiB at most");
    }

    @Test
    void itInventsNoNumberThatWasNotMeasured() {
        MemoryTimeline nothing = new TimelineBuilder().build();
        assertThat(NaiveSentence.held(nothing, 458 * MIB)).doesNotContain("grew", "null", "-1");
        assertThat(NaiveSentence.died(nothing, 2048 * MIB)).endsWith("of up to 2.0 GiB.");
    }
}
