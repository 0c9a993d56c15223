package io.zipmap.array;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
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
    void fieldsFollowTheItemOrAreTheColumnsIfItemsAreRows() throws Exception {
        String text = "[('a', '<f4'), ('p', [('x', '<c8'), ('q', '<i2', (3,))], (2,)), ('d.e', [('`', '|i1')])]";
        List<Leaf> leaves = Dtype.parse(text).leaves();
        assertThat(names(Shape.of(9), leaves))
                .containsExactly("a", "p[1].x.re", "p[1].x.im", "p[1].q[2]", "`d.e`.````");
        assertThat(names(Shape.of(), leaves.subList(0, 2))).containsExactly("a", "p[1].x.re");
        assertThat(names(Shape.of(9, 2), leaves.subList(0, 2))).containsExactly("c1.a", "c1.p[1].x.re");
        assertThat(ColumnNames.ofLeaf(Shape.of(9, 2, 3), leaves.get(3), 6 * 4 + 5))
                .isEqualTo("c1[1].p[1].q[2]");
        assertThat(names(Shape.of(9), Dtype.parse("<c8").leaves())).containsExactly("value.re", "value.im");
        assertThat(names(Shape.of(9, 3, 2), Dtype.parse("<c8").leaves())).containsExactly("c2[1].re", "c2[1].im");
        assertThat(names(Shape.of(9, 3), Dtype.parse("<f4").leaves())).containsExactly("c2");
    }

    /** Names of the last column of each leaf. */
    private static List<String> names(Shape shape, List<Leaf> leaves) {
        return leaves.stream()
                .map(leaf -> ColumnNames.ofLeaf(shape, leaf, shape.columns() * leaf.elements() - 1))
                .toList();
    }

    @Test
    void aColumnOutOfRangeHasNoName() throws Exception {
        assertThatThrownBy(() -> ColumnNames.of(Shape.of(3, 4), 4)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> ColumnNames.of(Shape.of(3, 0, 2), 0)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> ColumnNames.of(Shape.of(), -1)).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
