package io.zipmap.mapped;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.array.ArrayLayout;
import io.zipmap.array.Dtype;
import io.zipmap.array.Order;
import io.zipmap.array.Shape;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.serializer.JavaSerializer;
import org.apache.spark.serializer.KryoSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import scala.reflect.ClassTag;

class MappedArrayTest {
    private static final int COUNT = 2500;
    private static final ClassTag<Object> ANY = ClassTag.apply(Object.class);

    @TempDir
    Path folder;

    static Stream<String> dtypes() {
        List<String> all = new ArrayList<>(List.of("|b1", "|i1", "|u1"));
        for (String order : List.of("<", ">")) {
            for (String code : List.of("i2", "u2", "f2", "i4", "u4", "f4", "i8", "u8", "f8")) {
                all.add(order + code);
            }
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("dtypes")
    void readsEveryElementAsAByteBufferDoesWhateverTheWindow(String descr) throws IOException {
        Dtype dtype = Dtype.parse(descr);
        byte[] bytes = new byte[COUNT * dtype.itemSize()];
        new Random(7).nextBytes(bytes);
        ElementOracle oracle = new ElementOracle(dtype, bytes);
        for (int offset : new int[] {0, 3}) {
            Path file = write(new byte[offset], bytes, new byte[5]);
            for (int window : new int[] {8, 16, 100, 4096, 1 << 20}) {
                try (MappedArray array = MappedArray.open(file, offset, layout(dtype, Order.C, COUNT), window)) {
                    oracle.compare(array);
                }
            }
        }
    }

    @Test
    void readsRowsAndColumnsOfBothOrders() throws IOException {
        Path file = write(ints(60));
        try (MappedArray c = MappedArray.open(file, 0, layout(Dtype.parse("<i4"), Order.C, 5, 3, 4), 16);
                MappedArray f = MappedArray.open(file, 0, layout(Dtype.parse("<i4"), Order.FORTRAN, 5, 3, 4), 16)) {
            for (int row = 0; row < 5; row++) {
                for (int column = 0; column < 12; column++) {
                    assertThat(c.getLong(row, column)).isEqualTo(row * 12 + column);
                    assertThat(f.getLong(row, column)).isEqualTo(row + 5 * (column / 4) + 15 * (column % 4));
                }
            }
        }
    }

    @Test
    void slicesOfSlicesCountTheirOwnStorageInBothOrders() throws IOException {
        Path file = write(ints(60));
        for (Order order : Order.values()) {
            try (MappedArray whole = MappedArray.open(file, 0, layout(Dtype.parse("<i4"), order, 10, 3, 2), 16)) {
                MappedArray part = whole.slice(2, 9).slice(1, 5);
                assertThat(part.shape().toArray()).containsExactly(4, 3, 2);
                long[] bulk = new long[24];
                part.read(0, bulk, 0, 24);
                for (int row = 0; row < 4; row++) {
                    for (int column = 0; column < 6; column++) {
                        long expected = whole.getLong(row + 3, column);
                        assertThat(part.getLong(row, column)).isEqualTo(expected);
                        assertThat(bulk[(int) part.layout().position(row, column)])
                                .isEqualTo(expected);
                    }
                }
                part.close();
                assertThat(whole.getLong(0)).isZero();
                assertThat(whole.slice(4, 4).size()).isZero();
                assertThatThrownBy(() -> whole.slice(3, 11)).isInstanceOf(IndexOutOfBoundsException.class);
                assertThatThrownBy(() -> part.getLong(4, 0)).isInstanceOf(IndexOutOfBoundsException.class);
                assertThatThrownBy(() -> part.read(20, bulk, 0, 5)).isInstanceOf(IndexOutOfBoundsException.class);
            }
        }
    }

    @Test
    void readsPastTwoGibibytesWithoutMappingTheRest() throws IOException {
        Path file = folder.resolve("sparse");
        long rows = (3L << 30) / 8;
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(3L << 30);
            sparse.seek((rows - 1) * 8);
            sparse.writeDouble(2.5);
        }
        try (MappedArray array = MappedArray.open(file, 0, layout(Dtype.parse(">f8"), Order.C, rows), 1 << 26)) {
            assertThat(array.getDouble(rows - 1)).isEqualTo(2.5);
            double[] end = new double[3];
            array.slice(rows - 3, rows).read(0, end, 0, 3);
            assertThat(end).containsExactly(0, 0, 2.5);
            assertThat(mapped(file)).isEqualTo(1);
        }
        assertThat(mapped(file)).isZero();
    }

    @Test
    void givesMapsAndDescriptorBackWhenClosed() throws IOException {
        Path file = write(ints(60));
        MappedArray array = MappedArray.open(file, 0, layout(Dtype.parse("<i4"), Order.C, 60), 16);
        array.read(0, new long[60], 0, 60);
        assertThat(mapped(file)).isPositive();
        assertThat(descriptors(file)).isEqualTo(1);
        MappedArray view = array.slice(0, 60);
        view.close();
        assertThat(mapped(file)).isPositive();
        array.close();
        array.close();
        assertThat(mapped(file)).isZero();
        assertThat(descriptors(file)).isZero();
        assertThatThrownBy(() -> array.getLong(0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Cannot read a MappedArray after it was closed: " + file);
        assertThatThrownBy(() -> view.read(0, new long[1], 0, 1)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void anEmptyArrayMapsNothing() throws IOException {
        Path file = write(new byte[0]);
        try (MappedArray array = MappedArray.open(file, 0, layout(Dtype.parse("<f4"), Order.FORTRAN, 0, 4), 16)) {
            array.read(0, new float[0], 0, 0);
            assertThat(array.slice(0, 0).rows()).isZero();
            assertThat(mapped(file)).isZero();
        }
    }

    @Test
    void refusesWhatIsNotARegularFileOfEnoughBytes() throws Exception {
        ArrayLayout layout = layout(Dtype.parse("<i4"), Order.C, 15);
        Path file = write(ints(15));
        damaged(file, 4, layout, "at least 60 bytes at offset 4", "60 bytes");
        damaged(file, Long.MAX_VALUE, layout, "at least 60 bytes", "60 bytes");
        damaged(folder, 0, layout, "a regular file", "something else");
        damaged(folder.resolve("gone"), 0, layout, "a regular file", "nothing");
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);
        damaged(link, 0, layout, "a regular file", "something else");
        Path fifo = folder.resolve("fifo");
        assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor())
                .isZero();
        damaged(fifo, 0, layout, "a regular file", "something else");
        assertThat(descriptors(file)).isZero();
        assertThatThrownBy(() -> MappedArray.open(file, 0, layout, 3)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<f4", ">f4", "<i2", "|b1"})
    void aFileCutShortWhileMappedIsDamageAndNothingComesAfter(String descr) throws IOException {
        int count = 1 << 16;
        ArrayLayout layout = layout(Dtype.parse(descr), Order.C, count);
        for (boolean bulk : new boolean[] {true, false}) {
            Path file = write(new byte[4 * count]);
            MappedArray array = MappedArray.open(file, 0, layout, 1 << 14);
            for (int warm = 0; warm < 200; warm++) {
                sum(array, bulk);
            }
            try (RandomAccessFile cut = new RandomAccessFile(file.toFile(), "rw")) {
                cut.setLength(4096);
            }
            for (int again = 0; again < 3; again++) {
                assertThatThrownBy(() -> sum(array, bulk))
                        .hasNoCause()
                        .hasMessageContaining("[ZIPMAP_SCRATCH_DAMAGED] Cannot map: " + file)
                        .hasMessageContaining("truncated");
                PageFaults.deliver();
            }
            array.close();
            assertThat(mapped(file)).isZero();
        }
    }

    private static double sum(MappedArray array, boolean bulk) throws IOException {
        double sum = 0;
        double[] block = new double[1024];
        for (int i = 0; i < array.size(); i += bulk ? block.length : 1) {
            if (bulk) {
                array.read(i, block, 0, block.length);
            }
            sum += bulk ? block[0] : array.getDouble(i);
        }
        return sum;
    }

    @Test
    void aCloseWaitsForBulkReadsThatRun() throws Exception {
        int count = 1 << 20;
        Path file = write(new byte[4 * count]);
        for (int round = 0; round < 20; round++) {
            MappedArray array = MappedArray.open(file, 0, layout(Dtype.parse("<i4"), Order.C, count), 1 << 16);
            CountDownLatch reading = new CountDownLatch(2);
            Callable<Integer> reader = () -> {
                double[] block = new double[count];
                for (int reads = 0; ; reads++) {
                    try {
                        array.read(0, block, 0, count);
                    } catch (IllegalStateException e) {
                        return reads;
                    }
                    reading.countDown();
                }
            };
            FutureTask<Integer> one = new FutureTask<>(reader);
            FutureTask<Integer> two = new FutureTask<>(reader);
            new Thread(one).start();
            new Thread(two).start();
            reading.await();
            array.close();
            assertThat(one.get() + two.get()).isPositive();
        }
    }

    @Test
    void refusesToBeSerialised() throws IOException {
        try (MappedArray array = MappedArray.open(write(ints(4)), 0, layout(Dtype.parse("<i4"), Order.C, 4), 16)) {
            String sentence = "A MappedArray must not cross a process boundary: send its ArrayRecord and map it there";
            assertThatThrownBy(() ->
                            new JavaSerializer(new SparkConf()).newInstance().serialize(array, ANY))
                    .isInstanceOf(NotSerializableException.class)
                    .hasMessageContaining(sentence);
            assertThatThrownBy(() ->
                            new KryoSerializer(new SparkConf()).newInstance().serialize(array, ANY))
                    .hasStackTraceContaining(sentence);
            assertThatThrownBy(() ->
                            new KryoSerializer(new SparkConf()).newInstance().serialize(List.of(array), ANY))
                    .hasStackTraceContaining(sentence);
        }
    }

    @Test
    void saysWhatToReadInsteadOfAnInexactValue() throws IOException {
        Path file = write(new byte[64]);
        try (MappedArray longs = MappedArray.open(file, 0, layout(Dtype.parse("<i4"), Order.C, 8), 16);
                MappedArray doubles = MappedArray.open(file, 0, layout(Dtype.parse("<f8"), Order.C, 8), 16)) {
            assertThatThrownBy(() -> longs.read(0, new float[1], 0, 1))
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessage("Cannot read int32 as float exactly: read it as long or double");
            assertThatThrownBy(() -> doubles.getLong(0))
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessage("Cannot read float64 as long exactly: read it as double");
            assertThatThrownBy(() -> longs.getBoolean(0)).isInstanceOf(UnsupportedOperationException.class);
        }
    }

    private void damaged(Path file, long offset, ArrayLayout layout, String expected, String actual) {
        assertThatThrownBy(() -> MappedArray.open(file, offset, layout, 16))
                .hasMessageContaining(file.toString())
                .hasMessageContaining("expected: " + expected)
                .hasMessageContaining("actual: " + actual)
                .isInstanceOfSatisfying(
                        ZipmapException.class, e -> assertThat(e.condition()).isEqualTo(Condition.SCRATCH_DAMAGED));
    }

    static ArrayLayout layout(Dtype dtype, Order order, long... axes) throws IOException {
        return new ArrayLayout(dtype, Shape.of(axes), order);
    }

    private static byte[] ints(int count) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * count).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            bytes.putInt(i);
        }
        return bytes.array();
    }

    private Path write(byte[]... parts) throws IOException {
        Path file = Files.createTempFile(folder, "array", ".raw");
        try (var out = Files.newOutputStream(file)) {
            for (byte[] part : parts) {
                out.write(part);
            }
        }
        return file;
    }

    private static long mapped(Path file) throws IOException {
        try (Stream<String> maps = Files.lines(Path.of("/proc/self/maps"))) {
            return maps.filter(line -> line.endsWith(file.toString())).count();
        }
    }

    private static long descriptors(Path file) throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.filter(fd -> pointsTo(fd, file)).count();
        }
    }

    private static boolean pointsTo(Path fd, Path file) {
        try {
            return Files.readSymbolicLink(fd).equals(file);
        } catch (IOException e) {
            return false;
        }
    }
}
