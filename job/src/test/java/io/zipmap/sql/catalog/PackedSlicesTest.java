package io.zipmap.sql.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.archive.ArchiveRef;
import io.zipmap.array.ArrayLayout;
import io.zipmap.array.Dtype;
import io.zipmap.array.Order;
import io.zipmap.array.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PackedSlicesTest {
    @Test
    void aSliceTakesSomeTensOfBytesAndUnpacksToTheSame() throws IOException {
        Random random = new Random(11);
        List<RowSlice> slices = new ArrayList<>();
        for (int n = 0; n < PackedSlices.MAX_SLICES; n++) {
            ArchiveRef archive = new ArchiveRef("file:///data/archive-" + n / 2 + ".zip", 5, "v");
            Dtype dtype = Dtype.parse(n % 3 == 0 ? ">f4" : "<f4");
            ArrayLayout layout = new ArrayLayout(dtype, Shape.of(1 + random.nextInt(1_000_000), 2), Order.C);
            slices.add(RowSlice.whole(RowGroup.of(new FoundArray(
                    archive,
                    n,
                    n % 7 == 0 ? null : "entry-ä-" + n,
                    "deflate",
                    random.nextInt() & 0xFFFFFFFFL,
                    layout))));
        }
        PackedSlices packed = PackedSlices.pack(slices);
        assertThat(packed.unpack()).isEqualTo(slices);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(packed);
        }
        assertThat(bytes.size() / PackedSlices.MAX_SLICES).isLessThan(40);
    }

    @Test
    void whatASliceHasInCommonWithTheSliceBeforeIsNotRepeated() throws IOException {
        ArrayLayout layout = new ArrayLayout(Dtype.parse("<f4"), Shape.of(45, 4), Order.C);
        List<RowSlice> slices = new ArrayList<>();
        for (int n = 0; n < 100; n++) {
            ArchiveRef archive = new ArchiveRef("file:///data/archive-" + n + ".zip", 900, "v");
            slices.add(RowSlice.whole(RowGroup.of(List.of(
                    new FoundArray(archive, 0, "x.npy", "deflate", n, layout),
                    new FoundArray(archive, 1, n == 50 ? "z.npy" : "y.npy", "deflate", -1, layout)))));
            slices.add(RowSlice.whole(RowGroup.of(new FoundArray(archive, 1, "y.npy", "stored", n, layout))));
        }
        assertThat(PackedSlices.pack(slices).unpack()).isEqualTo(slices);
        assertThat(PackedSlices.pack(slices).first()).isEqualTo(slices.get(0));
        assertThat(PackedSlices.pack(List.of()).unpack()).isEmpty();
    }
}
