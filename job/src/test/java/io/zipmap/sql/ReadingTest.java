package io.zipmap.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.management.ThreadMXBean;
import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.testing.Errors;
import io.zipmap.testing.SparkLocal;
import io.zipmap.testing.Zips;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.spark.TaskContext$;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.rdd.RDD;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Queries extract, reuse, heal and release files. */
class ReadingTest {
    @RegisterExtension
    static final SparkLocal SPARK = SparkLocal.java();

    @TempDir
    Path folder;

    private DataFrameReader reader() {
        return SPARK.session()
                .read()
                .format("zipmap")
                .option("dtype", "float32")
                .option("shape", "-1,4")
                .option("scratch", folder.resolve("scratch").toString());
    }

    private static double sum(Scans scan) {
        return scan.rows.stream().mapToDouble(row -> row.getFloat(0)).sum();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder.resolve("scratch"))) {
            return all.filter(file -> file.toString().endsWith(".raw")).toList();
        }
    }

    private static List<String> mappings(Path folder) throws IOException {
        return Files.readAllLines(Path.of("/proc/self/maps")).stream()
                .filter(line -> line.contains(folder.toString()))
                .toList();
    }

    @Test
    void theFirstQueryExtractsAndLaterOnesMapWhatIsThere() throws IOException {
        Zips.deflated(folder.resolve("a.zip"), "x.dat", Zips.floats(4000, 0));
        Dataset<Row> table =
                reader().option("sliceBytes", 1600).load(folder.resolve("*.zip").toString());
        Scans first = Scans.of(table.select("c1"));
        assertThat(first.metric("bytesExtracted")).isEqualTo(16_000);
        assertThat(first.metric("arraysOpened")).isEqualTo(10);
        assertThat(first.metric("filesReused")).isEqualTo(9);
        assertThat(first.metric("batches")).isEqualTo(10);
        assertThat(first.metric("bytesMapped")).isBetween(16_000L, 10 * 3 * 1024L);
        assertThat(first.metric("localArrays")).isEqualTo(10);
        Scans second = Scans.of(table.select("c1"));
        assertThat(second.rows).isEqualTo(first.rows).hasSize(1000);
        assertThat(second.metric("bytesExtracted")).isZero();
        assertThat(second.metric("filesReused")).isEqualTo(10);
        assertThat(files()).hasSize(1);
        assertThat(mappings(folder)).isEmpty();
    }

    @Test
    void aFileThatIsDamagedOrGoneIsHealed() throws IOException {
        Zips.deflated(folder.resolve("a.zip"), "x.dat", Zips.floats(4000, 0));
        Dataset<Row> table = reader().load(folder.resolve("a.zip").toString());
        double sum = sum(Scans.of(table.select("c2")));
        Path file = files().get(0);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        Files.write(file, new byte[100]);
        Scans healed = Scans.of(table.select("c2"));
        assertThat(sum(healed)).isEqualTo(sum);
        assertThat(healed.metric("arraysHealed")).isEqualTo(1);
        assertThat(healed.metric("bytesExtracted")).isEqualTo(16_000);
        Files.delete(files().get(0));
        Scans again = Scans.of(table.select("c2"));
        assertThat(sum(again)).isEqualTo(sum);
        assertThat(again.metric("arraysHealed")).isEqualTo(1);
        assertThat(Scans.of(table.select("c2")).metric("arraysHealed")).isZero();
    }

    @Test
    void aFileThatIsCutShortWhileItIsReadIsHealedToo() throws Exception {
        Path archive = Zips.deflated(folder.resolve("a.zip"), "x.dat", Zips.floats(1 << 20, 0));
        read(archive, (batch, n) -> {
            if (n == 0) {
                Path file = files().get(0);
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
                Files.write(file, new byte[100]);
            }
            ColumnVector c3 = batch.column(3);
            for (int i = 0; i < batch.numRows(); i++) {
                assertThat(c3.getFloat(i)).isEqualTo(4f * (n + i) + 3);
            }
        });
    }

    @Test
    void aCorruptArchiveFailsTheQueryWithItsNameOrIsLeftOut() throws IOException {
        Zips.deflated(folder.resolve("good.zip"), "x.dat", Zips.floats(400, 0));
        Zips.corrupt(Zips.stored(folder.resolve("bad.zip"), "y.dat", Zips.floats(400, 0)));
        String both = folder.resolve("*.zip").toString();
        ZipmapException error = Errors.named(
                Condition.CRC_MISMATCH, () -> reader().load(both).select("c0").collectAsList());
        assertThat(error).hasMessageContaining("bad.zip; entry: y.dat");
        Scans left =
                Scans.of(reader().option("onError", "quarantine").load(both).select("c0", "_archive"));
        assertThat(left.rows).hasSize(100).allMatch(row -> row.getString(1).endsWith("good.zip"));
        assertThat(left.metric("arraysLeftOut")).isEqualTo(1);
        Dataset<Row> quarantine = reader().option("onError", "quarantine").load(both);
        assertThat(quarantine.select("c0").limit(150).collectAsList()).hasSize(100);
        Zips.truncate(Zips.deflated(folder.resolve("cut.zip"), "z.dat", Zips.floats(400, 0)));
        assertThat(Errors.named(Condition.ARCHIVE_TRUNCATED, () -> reader().load(both)))
                .hasMessageContaining("cut.zip");
        assertThat(reader().option("onError", "quarantine")
                        .load(both)
                        .select("c0")
                        .collectAsList())
                .hasSize(100);
        Errors.named(
                Condition.LIMIT_ENTRY_BYTES,
                () -> reader().option("onError", "quarantine")
                        .option("maxEntryBytes", "1k")
                        .load(both));
    }

    /** The path of a file mapped in place is text, which cannot hold every file name. */
    @Test
    void anArchiveIsReadWhateverBytesItsNameHas() throws Exception {
        Path in = Files.createDirectory(folder.resolve("in"));
        Zips.stored(in.resolve("a.npz"), "x.npy", Zips.npy(2, 1, 2));
        Files.write(in.resolve("b.npy"), Zips.npy(3, 1, 3));
        String script = "cd \"$1\"; e=$(printf '\\351'); mv a.npz \"caf$e.npz\"; mv b.npy \"$e.npy\";"
                + " ln -s \"caf$e.npz\" link.npz";
        assertThat(new ProcessBuilder("sh", "-c", script, "sh", in.toString())
                        .start()
                        .waitFor())
                .isZero();
        Dataset<Row> table = SPARK.session().read().format("zipmap").load(in.toString());
        assertThat(table.count()).isEqualTo(2 + 3 + 2);
        assertThat(table.selectExpr("sum(value)").head().get(0)).hasToString("12.0");
    }

    @Test
    void whatIsListedAndCannotBeReadFailsTheQueryOrIsLeftOut() throws IOException {
        Zips.deflated(folder.resolve("good.zip"), "x.dat", Zips.floats(400, 0));
        for (String target : List.of("gone.zip", "/dev/zero")) {
            Path link = Files.createSymbolicLink(folder.resolve("link.zip"), Path.of(target));
            Condition condition = target.equals("gone.zip") ? Condition.SOURCE_MISSING : Condition.SOURCE_NOT_A_FILE;
            assertThat(Errors.named(condition, () -> reader().load(folder.toString())))
                    .hasMessageContaining("link.zip");
            assertThat(reader().option("onError", "quarantine")
                            .load(folder.toString())
                            .count())
                    .isEqualTo(100);
            Files.delete(link);
        }
    }

    @Test
    void anArchiveThatIsReplacedUnderAQueryFailsIt() throws IOException {
        Path archive = Zips.deflated(folder.resolve("a.zip"), "x.dat", Zips.floats(400, 0));
        Dataset<Row> query = reader().load(archive.toString()).select("c0");
        RDD<Row> planned = query.rdd();
        assertThat(planned.getNumPartitions()).isEqualTo(1);
        Zips.deflated(archive, "x.dat", Zips.floats(800, 0));
        Errors.named(Condition.SOURCE_CHANGED, planned::count);
        assertThat(query.count()).isEqualTo(200);
    }

    @Test
    void manySmallArchivesAreFewTasks() throws IOException {
        for (int i = 0; i < 40; i++) {
            Zips.deflated(folder.resolve(i + ".zip"), "x.dat", Zips.floats(4, 0));
        }
        Dataset<Row> rows = reader().load(folder.toString()).select("c0");
        assertThat(rows.rdd().getNumPartitions()).isBetween(2, 10);
        assertThat(rows.count()).isEqualTo(40);
        assertThat(rows.where("_row = 0").rdd().getNumPartitions()).isBetween(2, 10);
    }

    @Test
    void manyArchivesAreOpenedByAJob() throws IOException {
        Path many = Files.createDirectory(folder.resolve("many"));
        for (int i = 0; i < 40; i++) {
            Zips.stored(many.resolve(String.format("a%02d.zip", i)), "x.dat", Zips.floats(8, 8 * i));
        }
        Dataset<Row> table = reader().load(many.toString());
        assertThat(table.count()).isEqualTo(80);
        Scans scan = Scans.of(table.select("c0"));
        assertThat(sum(scan)).isEqualTo(80 * 79 / 2 * 4.0);
        Zips.stored(many.resolve("b.npz"), "y.npy", Zips.npy(6, 0, 2, 3));
        Errors.named(Condition.OPTION_INVALID, () -> reader().load(many.toString()));
        Zips.stored(many.resolve("c.npz"), "z.npy", Zips.npy(10, 0, 2, 5));
        ZipmapException error = Errors.named(
                Condition.ARRAYS_DISAGREE,
                () -> SPARK.session()
                        .read()
                        .format("zipmap")
                        .option("entries", "*.npy")
                        .load(many.toString()));
        assertThat(error).hasMessageContaining("b.npz!y.npy").hasMessageContaining("c.npz!z.npy");
    }

    @Test
    void aCancelledQueryGivesMapsUpAtOnce() throws Exception {
        Zips.deflated(folder.resolve("a.zip"), "x.dat", Zips.floats(1 << 20, 0));
        Dataset<Row> table = reader().load(folder.resolve("a.zip").toString());
        CountDownLatch started = new CountDownLatch(1);
        SparkListener listener = new SparkListener() {
            @Override
            public void onTaskStart(SparkListenerTaskStart start) {
                started.countDown();
            }
        };
        SPARK.session().sparkContext().addSparkListener(listener);
        Thread query = new Thread(() -> catchThrowable(() -> table.select("c0")
                .map((MapFunction<Row, Float>) ReadingTest::slowly, Encoders.FLOAT())
                .collectAsList()));
        query.start();
        assertThat(started.await(60, TimeUnit.SECONDS)).isTrue();
        SPARK.session().sparkContext().cancelAllJobs();
        query.join(60_000);
        assertThat(query.isAlive()).isFalse();
        SPARK.session().sparkContext().removeSparkListener(listener);
        for (int i = 0; i < 600 && !mappings(folder).isEmpty(); i++) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
        assertThat(mappings(folder)).isEmpty();
    }

    private static Float slowly(Row row) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(10);
        return row.getFloat(0);
    }

    @Test
    void aScanMakesNoObjectsForItsRows() throws Exception {
        Path archive = Zips.deflated(folder.resolve("a.zip"), "x.dat", Zips.floats(4 << 20, 0));
        float[] highest = new float[1];
        BatchCheck look = (batch, row) -> {
            ColumnVector c0 = batch.column(0);
            ColumnVector c3 = batch.column(3);
            for (int i = 0; i < batch.numRows(); i++) {
                highest[0] = Math.max(highest[0], Math.max(c0.getFloat(i), c3.getFloat(i)));
            }
        };
        read(archive, look);
        long bytes = read(archive, look);
        assertThat(highest[0]).isEqualTo((4 << 20) - 1f);
        assertThat(bytes).as("bytes for a million rows").isBetween(1L, 1L << 20);
    }

    private interface BatchCheck {
        void check(ColumnarBatch batch, int row) throws IOException;
    }

    /**
     * Reads all partitions as tasks do.
     *
     * @return the bytes that this thread allocated
     */
    private long read(Path archive, BatchCheck check) throws IOException {
        CaseInsensitiveStringMap options = new CaseInsensitiveStringMap(Map.of(
                "path",
                archive.toString(),
                "dtype",
                "float32",
                "shape",
                "-1,4",
                "scratch",
                folder.resolve("scratch").toString()));
        SPARK.session();
        ZipmapSource source = new ZipmapSource();
        ZipmapTable table = (ZipmapTable)
                source.getTable(source.inferSchema(options), new Transform[0], options.asCaseSensitiveMap());
        Batch batch = table.newScanBuilder(options).build().toBatch();
        PartitionReaderFactory factory = batch.createReaderFactory();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        TaskContext$.MODULE$.setTaskContext(TaskContext$.MODULE$.empty());
        long allocated = 0;
        int row = 0;
        try {
            for (InputPartition partition : batch.planInputPartitions()) {
                try (PartitionReader<ColumnarBatch> reader = factory.createColumnarReader(partition)) {
                    long before = threads.getCurrentThreadAllocatedBytes();
                    while (reader.next()) {
                        check.check(reader.get(), row);
                        row += reader.get().numRows();
                        reader.currentMetricsValues();
                    }
                    allocated += threads.getCurrentThreadAllocatedBytes() - before;
                }
            }
        } finally {
            TaskContext$.MODULE$.unset();
        }
        assertThat(row).isPositive();
        return allocated;
    }
}
