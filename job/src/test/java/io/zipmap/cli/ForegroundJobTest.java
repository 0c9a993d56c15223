package io.zipmap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ForegroundJobTest {
    @Test
    void aProcessOfTheForegroundGroupOrWithoutATerminalIsInTheForeground() {
        assertThat(ForegroundJob.isStated("70 (ja) va) S 1 70 60 34816 70 4194304 10"))
                .isTrue();
        assertThat(ForegroundJob.isStated("70 (java) S 1 70 60 34816 60 4194304 10"))
                .isFalse();
        assertThat(ForegroundJob.isStated("70 (java) S 1 70 60 0 -1 4194304 10"))
                .isTrue();
        assertThat(ForegroundJob.isStated("")).isTrue();
    }
}
