package io.zipmap.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RowSlicerTest {
    @Test
    void aSliceHasAtMostTheBytesAllowedButARowAtLeast() {
        assertThat(RowSlicer.ofBytes(100, 8).sliceRows()).isEqualTo(12);
        assertThat(RowSlicer.ofBytes(100, 101).sliceRows()).isEqualTo(1);
    }

    @Test
    void slicesEndAtMultiplesOfTheirRowsOrAtTheEnd() {
        RowSlicer slicer = new RowSlicer(10);
        assertThat(slicer.sliceEnd(0, 25)).isEqualTo(10);
        assertThat(slicer.sliceEnd(7, 25)).isEqualTo(10);
        assertThat(slicer.sliceEnd(20, 25)).isEqualTo(25);
        assertThat(slicer.sliceEnd(10, 20)).isEqualTo(20);
        assertThat(slicer.sliceEnd(Long.MAX_VALUE - 3, Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void onlyWholeSlicesAreSlices() {
        RowSlicer slicer = new RowSlicer(10);
        assertThat(slicer.isSlice(10, 20, 25)).isTrue();
        assertThat(slicer.isSlice(20, 25, 25)).isTrue();
        assertThat(slicer.isSlice(20, 24, 25)).isFalse();
        assertThat(slicer.isSlice(11, 20, 25)).isFalse();
        assertThat(slicer.isSlice(0, 20, 25)).isFalse();
    }
}
