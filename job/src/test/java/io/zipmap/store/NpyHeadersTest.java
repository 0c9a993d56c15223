package io.zipmap.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zipmap.ZipmapException;
import io.zipmap.array.ArrayLayout;
import io.zipmap.array.Dtype;
import io.zipmap.array.NpyHeader;
import io.zipmap.array.NpyInput;
import io.zipmap.array.Order;
import io.zipmap.array.Shape;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class NpyHeadersTest {
    private static final int MAX = NpyHeader.MAX_CHARS;

    private final NpyHeaders headers = new NpyHeaders();

    @Test
    void equalHeadersAreParsedOnce() throws IOException {
        byte[] bytes = header("<f4", 45, 4);

        NpyHeader first = read(bytes);

        assertThat(read(bytes)).isSameAs(first);
        assertThat(first.layout()).isEqualTo(layout("<f4", 45, 4));
        assertThat(first.length()).isEqualTo(bytes.length);
    }

    @Test
    void anotherHeaderOfTheSameLengthHasItsOwnLayout() throws IOException {
        read(header("<f4", 45, 4));

        assertThat(read(header("<f4", 46, 4)).layout()).isEqualTo(layout("<f4", 46, 4));
        assertThat(read(header(">f8", 45, 4)).layout()).isEqualTo(layout(">f8", 45, 4));
    }

    @Test
    void aShorterAndALongerHeaderHaveTheirOwnLengths() throws IOException {
        byte[] wide = header("<f4", 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1);
        byte[] narrow = header("<f4", 3);
        assertThat(wide.length).isGreaterThan(narrow.length);

        read(wide);
        NpyHeader afterLonger = read(Arrays.copyOf(narrow, wide.length + 8));
        NpyHeader afterShorter = read(wide);

        assertThat(afterLonger.layout()).isEqualTo(layout("<f4", 3));
        assertThat(afterLonger.length()).isEqualTo(narrow.length);
        assertThat(afterShorter.length()).isEqualTo(wide.length);
    }

    @Test
    void anEntryThatIsShorterThanTheHeaderBeforeItIsReadAsItIs() throws IOException {
        read(header("<f4", 45, 4));

        assertThatThrownBy(() -> read(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0}))
                .isInstanceOf(ZipmapException.class)
                .hasMessageContaining("it ends early");
    }

    @Test
    void aBrokenHeaderAfterASoundOneIsRefused() throws IOException {
        byte[] bytes = header("<f4", 45, 4);
        read(bytes);
        byte[] broken = bytes.clone();
        broken[12] = '!';

        assertThatThrownBy(() -> read(broken)).isInstanceOf(ZipmapException.class);
        assertThat(read(bytes).layout()).isEqualTo(layout("<f4", 45, 4));
    }

    /** Reads in pieces of at most three bytes, as a decoder may return them. */
    private NpyHeader read(byte[] entry) throws IOException {
        ByteArrayInputStream bytes = new ByteArrayInputStream(entry);
        NpyInput in = (into, offset, count) -> bytes.read(into, offset, Math.min(3, count));
        return headers.read(in, entry.length, MAX);
    }

    private static byte[] header(String dtype, long... axes) throws IOException {
        return NpyHeader.write(layout(dtype, axes));
    }

    private static ArrayLayout layout(String dtype, long... axes) throws IOException {
        return new ArrayLayout(Dtype.parse(dtype, ByteOrder.LITTLE_ENDIAN), Shape.of(axes), Order.C);
    }
}
