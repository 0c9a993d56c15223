package io.zipmap.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadArchivesTest {
    private static final List<String> THREE = List.of("a", "b", "c");

    @Test
    void eachTaskKeepsItsHost() {
        assertThat(SpreadArchives.choose(THREE, THREE, 4)).containsExactly("b");
        assertThat(SpreadArchives.choose(THREE, List.of("a", "b", "c", "d"), 4)).containsExactly("b");
        assertThat(SpreadArchives.choose(THREE, List.of("a", "b"), 4)).containsExactly("b");
    }

    @Test
    void theTasksOfALostHostGoToAnotherHost() {
        assertThat(SpreadArchives.choose(THREE, List.of("a", "c"), 1)).containsExactly("c");
        assertThat(SpreadArchives.choose(THREE, List.of("a", "c"), 4)).containsExactly("a");
    }

    @Test
    void laterHostsAreChosenIfThereWereNoneAtPlanningTime() {
        assertThat(SpreadArchives.choose(List.of(), THREE, 5)).containsExactly("c");
        assertThat(SpreadArchives.choose(THREE, List.of(), 5)).isEmpty();
    }
}
