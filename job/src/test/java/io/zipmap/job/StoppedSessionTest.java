package io.zipmap.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.options.Option;
import io.zipmap.testing.Run;
import io.zipmap.testing.SparkLocal;
import io.zipmap.testing.Zips;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The process of a notebook outlives its sessions, but their scratch does not. */
class StoppedSessionTest {
    @RegisterExtension
    static final SparkLocal SPARK = SparkLocal.java();

    @TempDir
    Path folder;

    private static List<Path> arrays(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().matches(".*[.](npy|zones|raw)"))
                    .toList();
        }
    }

    private double sum(SparkSession session, boolean keep) {
        return session.read()
                .format("zipmap")
                .option("scratch", folder.resolve(keep ? "kept" : "scratch").toString())
                .option("keepScratch", keep)
                .load(folder.resolve("in").toString())
                .selectExpr("sum(value)")
                .head()
                .getDouble(0);
    }

    @Test
    void aStoppedSessionDeletesItsScratchAndTheNextHasItsOwn() throws IOException {
        Zips.deflated(Files.createDirectory(folder.resolve("in")).resolve("a.zip"), "x.npy", Zips.npy(9000, 0, 9000));
        for (int i = 0; i < 2; i++) {
            SparkSession session = SPARK.session();
            assertThat(sum(session, false)).isEqualTo(9000.0 * 8999 / 2);
            assertThat(sum(session, true)).isEqualTo(9000.0 * 8999 / 2);
            Run.of(session, Option.INPUT, folder.resolve("in"), Option.SCRATCH, folder.resolve("scratch"));
            assertThat(arrays(folder.resolve("scratch"))).isNotEmpty();
            session.stop();
            assertThat(folder.resolve("scratch")).isEmptyDirectory();
            assertThat(arrays(folder.resolve("kept"))).as("kept on purpose").isNotEmpty();
        }
    }
}
