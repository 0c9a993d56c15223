package io.zipmap.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class HistogramTest {
    @Test
    void binsAreEqualPartsOfTheRange() {
        Histogram histogram = histogram(DoubleStream.iterate(0, i -> i + 1)
                .limit(4001)
                .map(i -> i / 1000)
                .toArray());
        assertThat(histogram.from()).isZero();
        assertThat(histogram.to()).isEqualTo(4);
        assertThat(histogram.counts()).hasSize(40).contains(100).endsWith(101);
        assertThat(histogram.values()).isEqualTo(4001);
    }

    @Test
    void eachOfFewWholeNumbersHasABin() {
        Histogram labels = histogram(3, 5, 3, 3, Double.NaN);
        assertThat(labels.from()).isEqualTo(2.5);
        assertThat(labels.to()).isEqualTo(5.5);
        assertThat(labels.counts()).containsExactly(3, 0, 1);
        assertThat(labels.values()).isEqualTo(4);
    }

    @Test
    void eachBinHasEquallyManyWholeNumbers() {
        Histogram bytes =
                histogram(DoubleStream.iterate(0, i -> i + 1).limit(256).toArray());
        assertThat(bytes.from()).isEqualTo(-0.5);
        assertThat(bytes.to()).isEqualTo(255.5);
        assertThat(bytes.counts()).hasSize(64).containsOnly(4);
        assertThat(histogram(DoubleStream.iterate(-5, i -> i + 1).limit(65).toArray())
                        .counts())
                .hasSize(33)
                .startsWith(2)
                .endsWith(1);
        assertThat(histogram(0x1p53, 0x1p53 + 2, 0x1p60).counts()).hasSize(40);
    }

    @Test
    void equalValuesHaveOneBin() {
        assertThat(histogram(0.5, 0.5).counts()).containsExactly(2);
        assertThat(histogram(1e300, 1e300).counts()).containsExactly(2);
        Histogram largest = histogram(Double.MAX_VALUE, Double.MAX_VALUE);
        assertThat(largest.counts()).containsExactly(2);
        assertThat(largest.to()).isFinite();
    }

    @Test
    void aRangeWiderThanADoubleIsCut() {
        assertThat(histogram(-Double.MAX_VALUE, 0, Double.MAX_VALUE).counts())
                .hasSize(40)
                .startsWith(1)
                .endsWith(1);
    }

    @Test
    void infinitiesAndNanAreLeftOut() {
        assertThat(histogram(Double.NEGATIVE_INFINITY, 0.25, 0.75, Double.POSITIVE_INFINITY)
                        .values())
                .isEqualTo(2);
        assertThat(Histogram.of(new double[] {Double.NaN})).isEmpty();
        assertThat(Histogram.of(new double[0])).isEmpty();
    }

    private static Histogram histogram(double... values) {
        return Histogram.of(values).orElseThrow();
    }
}
