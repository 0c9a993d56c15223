package io.zipmap.options;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class UnknownOptionsTest {
    @Test
    void aMisspeltKeyIsRefusedWithTheNearestOption() {
        assertThatThrownBy(() -> UnknownOptions.refuse(List.of("spark.master", "spark.zipmap.scratchBugdet")))
                .hasMessageStartingWith("[ZIPMAP_OPTION_INVALID] Unknown option: spark.zipmap.scratchBugdet")
                .hasMessageEndingWith("Did you mean spark.zipmap.scratchBudget?");
    }

    @Test
    void knownKeysAndKeysOfOtherProgramsAreAccepted() {
        assertThatCode(() -> UnknownOptions.refuse(
                        List.of("spark.zipmap.sliceBytes", "spark.zipmapper.x", "spark.sql.shuffle.partitions")))
                .doesNotThrowAnyException();
    }
}
