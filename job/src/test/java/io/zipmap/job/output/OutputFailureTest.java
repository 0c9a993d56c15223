package io.zipmap.job.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.job.Queries;
import io.zipmap.job.QueryResults;
import io.zipmap.options.Command;
import io.zipmap.options.Option;
import io.zipmap.options.OptionValues;
import io.zipmap.plan.Progress;
import io.zipmap.testing.Errors;
import io.zipmap.testing.Run;
import io.zipmap.testing.SparkLocal;
import io.zipmap.testing.TestOptions;
import io.zipmap.testing.Zips;
import io.zipmap.tools.PackJob;
import io.zipmap.tools.SampleJob;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;
import org.apache.spark.SparkException;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Every error of an output has a condition, whoever throws it. */
class OutputFailureTest {
    @RegisterExtension
    static final SparkLocal SPARK = SparkLocal.java();

    @TempDir
    Path folder;

    private Path archive;

    /** A local file system without free space. */
    public static class FullFileSystem extends RawLocalFileSystem {
        @Override
        public URI getUri() {
            return URI.create(getScheme() + ":///");
        }

        @Override
        public String getScheme() {
            return "full";
        }

        @Override
        public FSDataOutputStream create(
                org.apache.hadoop.fs.Path path,
                boolean overwrite,
                int buffer,
                short copies,
                long block,
                Progressable progress)
                throws IOException {
            OutputStream full = new OutputStream() {
                @Override
                public void write(int b) throws IOException {
                    throw new IOException("No space left on device");
                }
            };
            return new FSDataOutputStream(full, null);
        }

        @Override
        public FSDataOutputStream create(
                org.apache.hadoop.fs.Path path,
                FsPermission permission,
                boolean overwrite,
                int buffer,
                short copies,
                long block,
                Progressable progress)
                throws IOException {
            return create(path, overwrite, buffer, copies, block, progress);
        }
    }

    /** A local file system where another driver removes the temporary files of Spark. */
    public static final class ClearedFileSystem extends RawLocalFileSystem {
        @Override
        public URI getUri() {
            return URI.create("cleared:///");
        }

        @Override
        public String getScheme() {
            return "cleared";
        }

        @Override
        public FileStatus[] listStatus(org.apache.hadoop.fs.Path path) throws IOException {
            if (path.toString().contains("_temporary")) {
                throw new FileNotFoundException("File " + path + " does not exist");
            }
            return super.listStatus(path);
        }
    }

    private static SparkSession session() {
        return SPARK.session();
    }

    @BeforeEach
    void write() throws IOException {
        archive = Zips.deflated(folder.resolve("a.npz"), "x.npy", Zips.npy(6, 10, 2, 3));
        session().sparkContext().hadoopConfiguration().set("fs.full.impl", FullFileSystem.class.getName());
        session().sparkContext().hadoopConfiguration().set("fs.cleared.impl", ClearedFileSystem.class.getName());
    }

    private String full(String name) {
        return "full://" + folder.resolve(name);
    }

    @Test
    void aFullDiskIsNamedForTables() {
        for (String format : List.of("parquet", "csv")) {
            assertThat(Errors.named(
                            Condition.OUTPUT_FULL,
                            () -> Run.of(
                                    session(),
                                    Option.INPUT,
                                    archive,
                                    Option.OUTPUT,
                                    full("out"),
                                    Option.TABLE_FORMAT,
                                    format)))
                    .hasMessageContaining(full("out"));
        }
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void aFullDiskIsNamedForResultsSamplesAndPackedArchives() throws IOException {
        Queries queries = new Queries(
                session(),
                QueryResults.of(
                        TestOptions.of(Option.SQL_OUTPUT, full("results")).values()));
        Errors.named(Condition.OUTPUT_FULL, () -> queries.run(List.of("SELECT 1 AS a")));
        SampleJob samples = SampleJob.of(OptionValues.resolve(
                Map.of(
                        Option.OUTPUT,
                        List.of(full("samples")),
                        Option.COUNT,
                        List.of("1"),
                        Option.SHAPE,
                        List.of("9,4")),
                key -> null,
                Command.GENERATE.defaults()));
        Errors.named(Condition.OUTPUT_FULL, () -> samples.writeMissing(session(), Progress.NONE));
        PrintWriter nobody = new PrintWriter(new StringWriter());
        PackJob packer = PackJob.of(TestOptions.of(Option.INPUT, archive, Option.OUTPUT, full("packed"))
                .values());
        Errors.named(Condition.OUTPUT_FULL, () -> packer.run(session(), nobody, nobody, Progress.NONE));
    }

    @Test
    void filesRemovedByAnotherDriverAreNamed() throws IOException {
        String output = "cleared://" + folder.resolve("out");
        assertThat(Errors.named(
                        Condition.OUTPUT_UNUSABLE,
                        () -> Run.of(session(), Option.INPUT, archive, Option.OUTPUT, output)))
                .hasMessageContaining("does not exist")
                .hasMessageContaining("no other process");
        Queries queries = new Queries(
                session(),
                QueryResults.of(
                        TestOptions.of(Option.SQL_OUTPUT, output + "-results").values()));
        Errors.named(Condition.OUTPUT_UNUSABLE, () -> queries.run(List.of("SELECT 1 AS a")));
        assertThat(Files.exists(folder.resolve("out"))).isFalse();
    }

    private static void writing(Throwable thrown) throws IOException {
        OutputFailure.naming("out", () -> {
            throw OutputFailureTest.<RuntimeException>undeclared(thrown);
        });
    }

    /** Throws as Spark does, without declaring it. */
    @SuppressWarnings("unchecked")
    private static <E extends Throwable> E undeclared(Throwable thrown) throws E {
        throw (E) thrown;
    }

    /** The error of Hadoop for a real full device: an {@link Error}. */
    private static FSError deviceFull() throws IOException {
        RawLocalFileSystem local = new RawLocalFileSystem();
        local.initialize(URI.create("file:///"), session().sparkContext().hadoopConfiguration());
        OutputStream out = local.create(new org.apache.hadoop.fs.Path("/dev/full"), true);
        try {
            out.write(new byte[100_000]);
            throw new AssertionError("/dev/full took it");
        } catch (FSError e) {
            return e;
        }
    }

    @Test
    void everyKindOfExceptionHasACondition() throws IOException {
        for (Throwable full : List.of(
                deviceFull(),
                new SparkException("Job aborted due to stage failure: java.io.IOException: No space left on device"),
                new SparkException("Job aborted", new IOException("Disk quota exceeded")),
                new IOException(
                        "outer", new IOException("org.apache.hadoop.hdfs.protocol.DSQuotaExceededException: …")))) {
            Errors.named(Condition.OUTPUT_FULL, () -> writing(full));
        }
        assertThat(Errors.named(
                        Condition.SOURCE_CHANGED,
                        () -> writing(new SparkException(
                                "Job aborted", new ZipmapException(Condition.SOURCE_CHANGED, "Cannot read x")))))
                .hasMessageContaining("Cannot read x");
        assertThatThrownBy(() -> writing(new InterruptedIOException("stopped")))
                .isInstanceOf(InterruptedIOException.class);
        assertThatThrownBy(() -> writing(new SparkException("Job aborted", new IllegalStateException("a bug"))))
                .isNotInstanceOf(ZipmapException.class)
                .hasRootCauseMessage("a bug");
    }
}
