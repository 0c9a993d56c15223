package io.zipmap.mapped;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zipmap.array.ArrayLayout;
import io.zipmap.array.Dtype;
import io.zipmap.array.Leaf;
import io.zipmap.array.Order;
import io.zipmap.array.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fields are read right at any offset in their items, also where they straddle windows. */
class FieldsTest {
    private static final List<String> DTYPES = List.of(
            "<c8",
            ">c16",
            "[('a', '|i1'), ('b', '<i4'), ('c', '>f8')]",
            "[('', '|V3'), ('x', '<i2'), ('', '|V4'), ('y', [('u', '>u4'), ('v', '<f4')]), ('z', '<M8[s]')]",
            "[('k', '|u1'), ('m', '<f4', (2, 3)), "
                    + "('p', [('i', '<i8'), ('q', '>i2', (2,))], (3,)), ('n', '<f2', (0,))]");

    @TempDir
    Path folder;

    private final Random random = new Random(3);

    private MappedArray open(byte[] bytes, ArrayLayout layout, int window) throws IOException {
        Path file = folder.resolve("f");
        Files.write(file, bytes);
        return MappedArray.open(file, 0, layout, window);
    }

    @Test
    void readsEveryElementOfEveryLeafWhateverTheLayoutAndTheWindow() throws IOException {
        for (String text : DTYPES) {
            for (long[] axes : new long[][] {{}, {7}, {5, 3}, {4, 2, 3}}) {
                for (Order order : Order.values()) {
                    ArrayLayout layout = new ArrayLayout(Dtype.parse(text), Shape.of(axes), order);
                    byte[] bytes = new byte[(int) layout.bytes()];
                    random.nextBytes(bytes);
                    try (MappedArray array = open(bytes, layout, 16 << random.nextInt(4))) {
                        compare(array, bytes, 0);
                        long from = random.nextLong(array.rows());
                        compare(array.slice(from, array.rows()), bytes, from);
                    }
                }
            }
        }
    }

    private static void compare(MappedArray array, byte[] bytes, long fromRow) throws IOException {
        long rows = fromRow + array.rows();
        long[] axes = array.shape().toArray();
        if (axes.length > 0) {
            axes[0] = rows;
        }
        ArrayLayout all =
                new ArrayLayout(array.dtype(), Shape.of(axes), array.layout().order());
        for (Leaf leaf : array.dtype().leaves()) {
            MappedArray field = array.field(leaf.path().toArray(String[]::new));
            long each = leaf.elements();
            assertThat(field.columns()).isEqualTo(array.columns() * each);
            assertThat(field.rows()).isEqualTo(array.rows());
            double[] bulk = new double[(int) field.size()];
            field.read(0, bulk, 0, bulk.length);
            for (long row = 0; row < field.rows(); row++) {
                for (long column = 0; column < field.columns(); column++) {
                    long at = all.position(fromRow + row, column / each)
                            * array.dtype().itemSize();
                    Double expected = value(leaf, bytes, at + offsetInItem(leaf, column % each));
                    assertThat(field.getDouble(row, column))
                            .as("%s %s", array.layout(), leaf)
                            .isEqualTo(expected);
                    assertThat(bulk[(int) field.layout().position(row, column)]).isEqualTo(expected);
                }
            }
        }
    }

    private static long offsetInItem(Leaf leaf, long element) {
        long at = leaf.offset();
        long block = leaf.elements();
        for (int i = 0; i < leaf.axes().length; i++) {
            block /= leaf.axes()[i];
            at += element / block % leaf.axes()[i] * leaf.strides()[i];
        }
        return at;
    }

    private static double value(Leaf leaf, byte[] bytes, long at) throws IOException {
        ByteBuffer item =
                ByteBuffer.wrap(bytes, (int) at, leaf.dtype().itemSize()).slice();
        Elements elements = Elements.of(leaf.dtype());
        return elements.doubleAt(item.order(leaf.dtype().byteOrder()), 0);
    }

    @Test
    void readsTextsAsNumpyDoes() throws IOException {
        byte[] bytes = "abc\0d\0\0\0\0\0é\0a\0ÿ".getBytes(StandardCharsets.UTF_8);
        bytes = Arrays.copyOf(bytes, 20);
        try (MappedArray array = open(bytes, new ArrayLayout(Dtype.parse("S5"), Shape.of(2, 2), Order.C), 8)) {
            assertThat(array.getText(0)).isEqualTo("abc\0d");
            assertThat(array.getText(0, 1)).isEmpty();
            assertThat(array.getText(1, 0)).isEqualTo("é\0a");
            assertThat(array.getText(3)).isEqualTo("ÿ");
        }
        ByteBuffer points = ByteBuffer.allocate(16)
                .putInt('a')
                .putInt(0x1f600)
                .putInt(0xd800)
                .putInt(0x110000);
        try (MappedArray array = open(points.array(), new ArrayLayout(Dtype.parse(">U2"), Shape.of(2), Order.C), 8)) {
            assertThat(array.getText(0)).isEqualTo("a😀");
            assertThat(array.getText(1)).isEqualTo("\ufffd\ufffd");
        }
    }

    @Test
    void aTextOfNoBytesIsEmptyAtTheEndOfTheLastWindowToo() throws IOException {
        ArrayLayout layout = new ArrayLayout(Dtype.parse("[('a', '<f8'), ('s', '|S0')]"), Shape.of(4), Order.C);
        try (MappedArray array = open(new byte[32], layout, 16)) {
            Leaf empty = layout.dtype().leaves().get(1);
            array.read(new StridedRange(1, 1, 1).moveTo(0, 4, 0), empty, ElementBuffer.of(empty.dtype(), 4));
            assertThat(array.field("s").getText(3)).isEmpty();
        }
    }

    @Test
    void saysWhatToReadInstead() throws IOException {
        ArrayLayout layout = new ArrayLayout(Dtype.parse("[('a', '<f4'), ('s', '|S3')]"), Shape.of(2), Order.C);
        try (MappedArray array = open(new byte[14], layout, 64)) {
            assertThatThrownBy(() -> array.getDouble(0))
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessageContaining("float32 at [a]");
            assertThatThrownBy(() -> array.field("s").getLong(0))
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessageContaining("as text");
            assertThatThrownBy(() -> array.field("b"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("[b]");
            assertThatThrownBy(() -> array.field("a").getFloat(2)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> array.field("a").getText(0)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
