package io.zipmap.sql.pushdown;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.archive.ArchiveRef;
import io.zipmap.array.ArrayLayout;
import io.zipmap.array.Dtype;
import io.zipmap.array.Order;
import io.zipmap.array.Shape;
import io.zipmap.sql.catalog.ArraySlice;
import io.zipmap.sql.catalog.FoundArray;
import io.zipmap.sql.catalog.PackedSlices;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** However a scan is cut, every row of every piece is in one partition. */
class PartitionCutterTest {
    private final Random random = new Random(11);

    private static ArraySlice piece(int n, long rows) throws IOException {
        ArchiveRef archive = new ArchiveRef("file:///data/archive-" + n / 2 + ".zip", 5, "v");
        ArrayLayout layout = new ArrayLayout(Dtype.parse(n % 3 == 0 ? ">f4" : "<f4"), Shape.of(rows, 2), Order.C);
        return ArraySlice.whole(new FoundArray(archive, n, n % 7 == 0 ? null : "entry-ä-" + n, layout));
    }

    private static ArrayPartition[] cut(List<ArraySlice> pieces, long slice, long pack, int cores, List<String> hosts)
            throws IOException {
        long bytes = pieces.stream().mapToLong(ArraySlice::bytes).sum();
        PartitionCutter cutter = new PartitionCutter(slice, pack, bytes, cores, hosts);
        for (ArraySlice piece : pieces) {
            cutter.add(piece);
        }
        return cutter.partitions();
    }

    @Test
    void everyRowIsInOnePartition() throws IOException {
        for (int i = 0; i < 100; i++) {
            List<ArraySlice> pieces = new ArrayList<>();
            for (int n = 0; n < random.nextInt(20); n++) {
                pieces.add(piece(n, 1 + random.nextInt(1_000)));
            }
            long slice = 8L << random.nextInt(2, 14);
            Map<FoundArray, long[]> rows = new HashMap<>();
            for (ArrayPartition partition : cut(pieces, slice, 1 << random.nextInt(25), 2, List.of())) {
                assertThat(partition.preferredLocations()).isEmpty();
                for (ArraySlice part : partition.slices().unpack()) {
                    assertThat(part.rows()).isBetween(1L, slice / 8);
                    long[] sums = rows.computeIfAbsent(part.array(), array -> new long[2]);
                    sums[0] += part.rows();
                    sums[1] += (part.fromRow() + part.toRow() - 1) * part.rows() / 2;
                }
            }
            assertThat(rows).hasSize(pieces.size());
            for (ArraySlice piece : pieces) {
                assertThat(rows.get(piece.array()))
                        .containsExactly(piece.rows(), piece.rows() * (piece.rows() - 1) / 2);
            }
        }
    }

    @Test
    void anArraysSlicesPreferOneHostWhichStaysWhenAnotherGoes() throws IOException {
        List<ArraySlice> pieces = new ArrayList<>();
        for (int n = 0; n < 300; n++) {
            pieces.add(piece(n, 100));
        }
        Map<FoundArray, String> three = hosts(pieces, List.of("a", "b", "c"));
        assertThat(three.values().stream().distinct()).hasSize(3);
        Map<FoundArray, String> two = hosts(pieces, List.of("a", "c"));
        three.forEach((array, host) -> {
            if (!host.equals("b")) {
                assertThat(two.get(array)).isEqualTo(host);
            }
        });
    }

    private static Map<FoundArray, String> hosts(List<ArraySlice> pieces, List<String> all) throws IOException {
        Map<FoundArray, String> hosts = new HashMap<>();
        for (ArrayPartition partition : cut(pieces, 80, 1 << 20, 2, all)) {
            for (ArraySlice piece : partition.slices().unpack()) {
                String host = partition.preferredLocations()[0];
                assertThat(hosts.merge(piece.array(), host, (one, other) -> one))
                        .isEqualTo(host);
            }
        }
        return hosts;
    }

    @Test
    void theFirstSlicesComeFirst() throws IOException {
        ArrayPartition[] partitions = cut(List.of(piece(1, 30), piece(2, 30)), 80, 1 << 20, 2, List.of());
        assertThat(Arrays.stream(partitions).map(PartitionCutterTest::first).map(ArraySlice::fromRow))
                .containsExactly(0L, 0L, 10L, 10L, 20L, 20L);
    }

    private static ArraySlice first(ArrayPartition partition) {
        try {
            return partition.slices().unpack().get(0);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whatTheDriverHoldsOfAnArrayIsSomeTensOfBytes() throws IOException {
        List<ArraySlice> pieces = new ArrayList<>();
        for (int n = 0; n < PackedSlices.MAX_SLICES; n++) {
            pieces.add(piece(n, 1 + random.nextInt(1_000_000)));
        }
        PackedSlices page = PackedSlices.pack(pieces);
        assertThat(page.unpack()).isEqualTo(pieces);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(page);
        }
        assertThat(bytes.size() / PackedSlices.MAX_SLICES).isLessThan(40);
    }
}
