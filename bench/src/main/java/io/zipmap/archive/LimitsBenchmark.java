package io.zipmap.archive;

import io.zipmap.ZipmapException;
import io.zipmap.array.Order;
import io.zipmap.bench.SampleFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Bytes a nanosecond of what nothing in extraction and mapping can be faster than: inflating in memory what
 * {@code generate} deflates, copying out of a map, and the CRC-32. It is in this package because the native inflater
 * is.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(SampleFile.BYTES)
public class LimitsBenchmark {
    private static final int BLOCK = 1 << 18;

    private final byte[] block = new byte[BLOCK];
    private SampleFile sample;
    private MappedByteBuffer map;
    private byte[] deflated;

    @Setup
    public void open() throws IOException, ZipmapException {
        sample = SampleFile.create("<f4", 1, Order.C);
        try (FileChannel channel = FileChannel.open(sample.file())) {
            map = channel.map(FileChannel.MapMode.READ_ONLY, 0, SampleFile.BYTES);
        }
        Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
        deflater.setInput(Files.readAllBytes(sample.file()));
        deflater.finish();
        byte[] all = new byte[SampleFile.BYTES * 2];
        deflated = Arrays.copyOf(all, deflater.deflate(all));
        deflater.end();
    }

    @TearDown
    public void close() throws IOException {
        sample.close();
    }

    /** The JDK's inflater. */
    @Benchmark
    public int inflateJdk() throws DataFormatException {
        Inflater inflater = new Inflater(true);
        inflater.setInput(deflated);
        int sum = 0;
        while (!inflater.finished()) {
            sum += inflater.inflate(block);
        }
        inflater.end();
        return sum;
    }

    /** ISA-L. */
    @Benchmark
    public int inflateIsal() throws IOException {
        ZipCentralHeader header = new ZipCentralHeader(20, 0, 8, 0, deflated.length, SampleFile.BYTES, 0, 0, 1, 0, 0);
        CompressedBytes in = new CompressedBytes(new InMemory(deflated), 0, deflated.length);
        int sum = 0;
        try (Decoder decoder = IsalDecoder.open(in, new ArchiveEntry(0, "x", header))) {
            for (ByteBuffer next = decoder.next(block, BLOCK); next != null; next = decoder.next(block, BLOCK)) {
                sum += next.remaining();
            }
        }
        return sum;
    }

    /** Copies of blocks of a mapped file. */
    @Benchmark
    public byte[] copyFromMap() {
        for (int at = 0; at < SampleFile.BYTES; at += BLOCK) {
            map.get(at, block);
        }
        return block;
    }

    /** The JDK's CRC-32 of a mapped file. */
    @Benchmark
    public long crc32() {
        CRC32 crc = new CRC32();
        crc.update(map.duplicate());
        return crc.getValue();
    }

    /** Bytes on the heap. */
    private static final class InMemory implements ByteSource {
        private final byte[] bytes;

        InMemory(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public ArchiveRef ref() {
            return new ArchiveRef("memory:/sample", bytes.length, "1");
        }

        @Override
        public int read(long position, byte[] into, int offset, int count) {
            return read(position, ByteBuffer.wrap(into, offset, count));
        }

        @Override
        public int read(long position, ByteBuffer into) {
            int count = (int) Math.min(into.remaining(), bytes.length - position);
            into.put(bytes, (int) position, count);
            return count == 0 ? -1 : count;
        }

        @Override
        public void close() {}
    }
}
