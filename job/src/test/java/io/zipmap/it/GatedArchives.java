package io.zipmap.it;

import io.zipmap.array.ArrayLayout;
import io.zipmap.array.Dtype;
import io.zipmap.array.NpyHeader;
import io.zipmap.array.Order;
import io.zipmap.array.Shape;
import io.zipmap.options.Option;
import io.zipmap.testing.Zips;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;

/** Archives with one poorly compressible array of half a megabyte each, so that reading them passes the gate. */
final class GatedArchives {
    private static final int ROWS = 32_000;
    private static final int COLUMNS = 4;

    private final Path folder;

    private GatedArchives(Path folder) {
        this.folder = folder;
    }

    static GatedArchives write(Path parent, int count) throws IOException {
        Path folder = Files.createDirectory(parent.resolve("archives"));
        for (int i = 0; i < count; i++) {
            Zips.deflated(folder.resolve("a" + i + ".zip"), "x.npy", npy(new Random(i)));
        }
        return new GatedArchives(folder);
    }

    private static byte[] npy(Random random) throws IOException {
        byte[] header = NpyHeader.write(new ArrayLayout(Dtype.parse("<f4"), Shape.of(ROWS, COLUMNS), Order.C));
        ByteBuffer npy = ByteBuffer.allocate(header.length + ROWS * COLUMNS * Float.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(header);
        while (npy.hasRemaining()) {
            npy.putFloat((float) random.nextGaussian());
        }
        return npy.array();
    }

    Path folder() {
        return folder;
    }

    /** The value for {@link Option#INPUT}. */
    String input() {
        return GatedFileSystem.SCHEME + "://" + folder;
    }

    /** Options of a run over the archives: one task and two slices per archive. */
    Map<Option, String> options() {
        Map<Option, String> options = new EnumMap<>(Option.class);
        options.put(Option.INPUT, input());
        options.put(Option.PACK_BYTES, "1");
        options.put(Option.SLICE_BYTES, "256k");
        return options;
    }

    Map<Option, String> options(Option option, String text) {
        Map<Option, String> options = options();
        options.put(option, text);
        return options;
    }
}
