package io.zipmap.tools;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.zip.ZipInputStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.input.PortableDataStream;
import org.apache.spark.sql.SparkSession;

/**
 * The trap that zipmap avoids, as users of plain Spark write it: tasks decode archives to {@code float[]}, and the
 * driver collects and aggregates these. Each array is then on the heap of the driver, and for some time there in
 * serialized form too. The demonstration measures it; nothing else calls it. Immutable.
 */
public final class NaiveJob {
    private final int arrays;
    private final long bytes;
    private final double[] means;

    private NaiveJob(int arrays, long bytes, double[] means) {
        this.arrays = arrays;
        this.bytes = bytes;
        this.means = means;
    }

    /**
     * Collects the arrays and aggregates them.
     *
     * @param folder of zip archives with one entry each, of little-endian float32
     * @param count of the archives. Spark then gives a task one or two, so that few bytes wait on the heap at a time
     * @param columns of each array, in C order
     */
    public static NaiveJob run(SparkSession session, String folder, int count, int columns) {
        JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
        spark.setCallSite("collect");
        try {
            List<float[]> collected = spark.binaryFiles(folder, count)
                    .values()
                    .map(NaiveJob::read)
                    .collect();
            long values = collected.stream().mapToLong(array -> array.length).sum();
            return new NaiveJob(collected.size(), values * Float.BYTES, means(collected, columns));
        } finally {
            spark.clearCallSite();
        }
    }

    private static float[] read(PortableDataStream archive) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(archive.open())) {
            zip.getNextEntry();
            FloatBuffer values = ByteBuffer.wrap(zip.readAllBytes())
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer();
            float[] array = new float[values.remaining()];
            values.get(array);
            return array;
        }
    }

    private static double[] means(List<float[]> arrays, int columns) {
        double[] sums = new double[columns];
        long rows = 0;
        for (float[] array : arrays) {
            for (int i = 0; i < array.length; i++) {
                sums[i % columns] += array[i];
            }
            rows += array.length / columns;
        }
        for (int i = 0; i < columns; i++) {
            sums[i] /= rows;
        }
        return sums;
    }

    /** The number of arrays that the driver held. */
    public int arrays() {
        return arrays;
    }

    /** The bytes of these arrays. */
    public long bytes() {
        return bytes;
    }

    /** The mean of each column. */
    public double[] means() {
        return means.clone();
    }
}
