package io.zipmap.bench;

import io.zipmap.ZipmapException;
import io.zipmap.array.ArrayLayout;
import io.zipmap.array.Dtype;
import io.zipmap.array.Order;
import io.zipmap.array.Shape;
import io.zipmap.mapped.MappedArray;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/** A temporary file of random values that benchmarks map. The file is deleted when it is closed. */
public final class SampleFile implements AutoCloseable {
    /** Size of the file; more than caches hold. */
    public static final int BYTES = 32 << 20;

    private static final int WINDOW_BYTES = 1 << 30;

    private final Path file;
    private final ArrayLayout layout;

    private SampleFile(Path file, ArrayLayout layout) {
        this.file = file;
        this.layout = layout;
    }

    /**
     * Writes the file.
     *
     * @param dtype of floats, which are from 0 to 1, or of int8, int16 and int32, which are from 0 to 99
     */
    public static SampleFile create(String dtype, int columns, Order order) throws IOException, ZipmapException {
        Dtype parsed = Dtype.parse(dtype);
        ArrayLayout layout = new ArrayLayout(parsed, Shape.of(BYTES / parsed.itemSize() / columns, columns), order);
        Path file = Files.createTempFile("zipmap-bench", ".dat");
        Files.write(file, content(parsed));
        return new SampleFile(file, layout);
    }

    private static byte[] content(Dtype dtype) {
        SplittableRandom random = new SplittableRandom(1);
        ByteBuffer content = ByteBuffer.allocate(BYTES).order(dtype.byteOrder());
        while (content.hasRemaining()) {
            switch (dtype.itemSize()) {
                case Byte.BYTES -> content.put((byte) random.nextInt(100));
                case Short.BYTES -> content.putShort((short) random.nextInt(100));
                case Integer.BYTES -> {
                    if (dtype.kind() == Dtype.Kind.FLOAT) {
                        content.putFloat((float) random.nextDouble());
                    } else {
                        content.putInt(random.nextInt(100));
                    }
                }
                default -> content.putDouble(random.nextDouble());
            }
        }
        return content.array();
    }

    /** Opens the array. The caller closes it. */
    public MappedArray open() throws IOException {
        return MappedArray.open(file, 0, layout, WINDOW_BYTES);
    }

    public Path file() {
        return file;
    }

    @Override
    public void close() throws IOException {
        Files.delete(file);
    }
}
