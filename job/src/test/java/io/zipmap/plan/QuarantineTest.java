package io.zipmap.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class QuarantineTest {
    private static ZipmapException error(Condition condition) {
        return new ZipmapException(condition, "Cannot");
    }

    @Test
    void badArchivesAreLeftOutAndSickNodesAreNot() {
        for (Quarantine quarantine : new Quarantine[] {Quarantine.ofRun(true), Quarantine.ofQuery(true)}) {
            assertThat(quarantine.accepts(error(Condition.CRC_MISMATCH))).isTrue();
            assertThat(quarantine.accepts(error(Condition.SCRATCH_FULL))).isFalse();
            assertThat(quarantine.accepts(error(Condition.OPTION_INVALID))).isFalse();
        }
    }

    @Test
    void onlyARunRecordsLimits() {
        assertThat(Quarantine.ofRun(true).accepts(error(Condition.LIMIT_ENTRY_BYTES)))
                .isTrue();
        assertThat(Quarantine.ofQuery(true).accepts(error(Condition.LIMIT_ENTRY_BYTES)))
                .isFalse();
        assertThat(Quarantine.ofQuery(true).accepts(error(Condition.SOURCE_FAILED)))
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsLeftOutUnlessTheUserSaysSo(Condition condition) {
        assertThat(Quarantine.ofRun(false).accepts(error(condition))).isFalse();
        assertThat(Quarantine.ofQuery(false).accepts(error(condition))).isFalse();
    }

    @Test
    void aSourceIsTriedOnAnotherNodeWhileAttemptsAreLeft() {
        assertThat(Quarantine.isLastAttempt("spark://host:7077", 0, 4)).isFalse();
        assertThat(Quarantine.isLastAttempt("yarn", 2, 4)).isFalse();
        assertThat(Quarantine.isLastAttempt("local-cluster[2,1,1024]", 2, 4)).isFalse();
        assertThat(Quarantine.isLastAttempt("yarn", 3, 4)).isTrue();
        assertThat(Quarantine.isLastAttempt("local", 0, 4)).isTrue();
        assertThat(Quarantine.isLastAttempt("local[2]", 0, 4)).isTrue();
        assertThat(Quarantine.isLastAttempt("local[*,3]", 0, 3)).isTrue();
    }
}
