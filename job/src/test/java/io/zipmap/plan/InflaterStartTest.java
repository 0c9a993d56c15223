package io.zipmap.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InflaterStartTest {
    @Test
    void isWorthItForLargeArchivesAndAnIdleCore() {
        assertThat(InflaterStart.isWorth(15, 15L << 20, 2)).isTrue();
        assertThat(InflaterStart.isWorth(15, (15L << 20) - 1, 2)).isFalse();
        assertThat(InflaterStart.isWorth(15, 15L << 20, 1)).isFalse();
        assertThat(InflaterStart.isWorth(0, 0, 2)).isFalse();
    }
}
