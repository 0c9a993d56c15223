package io.zipmap.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.memory.MemoryTimeline;
import io.zipmap.memory.TimelineBuilder;
import org.junit.jupiter.api.Test;

class MemorySentenceTest {
    private static final long MIB = 1 << 20;

    private static String sentence(TimelineBuilder memory) {
        return MemorySentence.of(memory.build(), 2000, 3000, MemorySentence.whileMapped(1500 * MIB));
    }

    @Test
    void steadyMemoryStays() {
        assertThat(sentence(new TimelineBuilder()
                        .driver(1000, 100 * MIB)
                        .driver(2000, 310 * MIB)
                        .driver(3000, 342 * MIB)
                        .driver(4000, 900 * MIB)))
                .isEqualTo("Anonymous memory of the driver stayed between 310 MiB and 342 MiB"
                        + " while 1.5 GiB of arrays were mapped.");
    }

    @Test
    void memoryThatGrowsIsNotCalledSteady() {
        assertThat(sentence(new TimelineBuilder().driver(2000, 310 * MIB).driver(3000, 343 * MIB)))
                .startsWith("Anonymous memory of the driver was between 310 MiB and 343 MiB while");
    }

    @Test
    void executorsAreNamedTogetherAndTheirChildrenAreLeftOut() {
        assertThat(sentence(new TimelineBuilder()
                        .driver(2500, 300 * MIB)
                        .executor("1", 2100, 250 * MIB)
                        .executor("1", 2900, 260 * MIB)
                        .executor("2", 2900, 200 * MIB)
                        .child(77, 2500, 4000 * MIB)))
                .isEqualTo("Anonymous memory of the driver stayed at 300 MiB, and that of each of 2 executors stayed"
                        + " between 200 MiB and 260 MiB, while 1.5 GiB of arrays were mapped.");
    }

    @Test
    void aRunShorterThanAPointIsDescribedByThePointBefore() {
        assertThat(sentence(new TimelineBuilder().driver(500, 90 * MIB).driver(1500, 100 * MIB)))
                .startsWith("Anonymous memory of the driver stayed at 100 MiB while");
    }

    @Test
    void whatWasNotMeasuredIsSaid() {
        MemoryTimeline nothing = new TimelineBuilder().build();
        assertThat(MemorySentence.of(nothing, 0, 1, "until the run failed"))
                .isEqualTo("The memory of this run was not measured.");
    }
}
