package io.zipmap.job.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.job.extract.SliceRules;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class PlainReadsTest {
    private static final int SLICE_BYTES = 16;

    private final PlainReads reads = new PlainReads(new SliceRules(SLICE_BYTES, false, 1000));

    @Test
    void anArrayOfOneSliceIsReadOnce() throws IOException {
        assertReads(1, "<f4", 4);
    }

    @Test
    void anArrayIsReadOnceForEachRangeOfRows() throws IOException {
        assertReads(2, "<f4", 5);
        assertReads(3, "<f4", 9);
    }

    @Test
    void anArrayWithoutElementsIsNotRead() throws IOException {
        assertReads(0, "<f4", 0);
    }

    @Test
    void anArrayWithoutStatisticsIsNotRead() throws IOException {
        assertReads(0, "<U3", 4);
    }

    private void assertReads(long expected, String dtype, long... axes) throws IOException {
        ReadCounts counted = reads.of(SliceCutterTest.record(dtype, axes));
        assertThat(counted.local()).isEqualTo(expected);
        assertThat(counted.healed()).isZero();
    }
}
