package io.zipmap.stats;

import io.zipmap.array.ArrayLayout;
import io.zipmap.array.Dtype;
import io.zipmap.array.Order;
import io.zipmap.array.Shape;
import io.zipmap.mapped.MappedArray;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.apache.spark.SparkConf;
import org.apache.spark.serializer.JavaSerializer;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.serializer.SerializerInstance;
import scala.reflect.ClassTag;

/** Writes and maps small arrays, computes their statistics, and sends them through the serialisers. */
final class MappedArrayFixture {
    private static final SparkConf CONF = new SparkConf(false);
    private static final SerializerInstance JAVA = new JavaSerializer(CONF).newInstance();
    private static final SerializerInstance KRYO = new KryoSerializer(CONF).newInstance();

    private MappedArrayFixture() {}

    static MappedArray file(Path file, String dtype, Order order, long... axes) throws IOException {
        return MappedArray.open(file, 0, new ArrayLayout(Dtype.parse(dtype), Shape.of(axes), order), 256);
    }

    static MappedArray doubles(Path folder, Order order, long[] axes, double... values) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * 8);
        for (double value : values) {
            bytes.putDouble(value);
        }
        return bytes(folder, ">f8", order, axes, bytes);
    }

    static MappedArray longs(Path folder, String dtype, long... values) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * 8);
        for (long value : values) {
            bytes.putLong(value);
        }
        return bytes(folder, dtype, Order.C, new long[] {values.length}, bytes);
    }

    private static MappedArray bytes(Path folder, String dtype, Order order, long[] axes, ByteBuffer bytes)
            throws IOException {
        return file(Files.write(Files.createTempFile(folder, "array", ".raw"), bytes.array()), dtype, order, axes);
    }

    /** Statistics of all rows of the only tile. */
    static TileStats stats(MappedArray array) throws IOException {
        return StatsKernel.compute(array, 0, array.rows(), Tile.at(array.columns(), false, 0));
    }

    static ByteBuffer serialized(TileStats stats, boolean kryo) {
        return (kryo ? KRYO : JAVA).serialize(stats, ClassTag.apply(TileStats.class));
    }

    static TileStats roundTrip(TileStats stats, boolean kryo) {
        return (kryo ? KRYO : JAVA).deserialize(serialized(stats, kryo), ClassTag.apply(TileStats.class));
    }

    /** The statistics after a random transfer: by Java serialisation, by Kryo, or unchanged. */
    static TileStats sent(TileStats stats, Random random) {
        int how = random.nextInt(3);
        return how == 0 ? stats : roundTrip(stats, how == 1);
    }
}
