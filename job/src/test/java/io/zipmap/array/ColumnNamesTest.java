package io.zipmap.array;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ColumnNamesTest {
    @Test
    void theOnlyColumnIsValue() throws Exception {
        assertThat(ColumnNames.of(Shape.of(), 0)).isEqualTo("value");
        assertThat(ColumnNames.of(Shape.of(5), 0)).isEqualTo("value");
    }

    @Test
    void columnsOfTwoDimensionsAreNumbered() throws Exception {
        Shape shape = Shape.of(3, 1_000_000_000_000L);
        assertThat(ColumnNames.of(shape, 0)).isEqualTo("c0");
        assertThat(ColumnNames.of(shape, 999_999_999_999L)).isEqualTo("c999999999999");
    }

    @Test
    void furtherAxesAreIndexesInCOrder() throws Exception {
        Shape shape = Shape.of(7, 2, 3, 4);
        assertThat(ColumnNames.of(shape, 0)).isEqualTo("c0[0][0]");
        assertThat(ColumnNames.of(shape, 5)).isEqualTo("c0[1][1]");
        assertThat(ColumnNames.of(shape, 23)).isEqualTo("c1[2][3]");
    }

    @Test
    void aColumnThatIsNotThereHasNoName() throws Exception {
        assertThatThrownBy(() -> ColumnNames.of(Shape.of(3, 4), 4)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> ColumnNames.of(Shape.of(3, 0, 2), 0)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> ColumnNames.of(Shape.of(), -1)).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
