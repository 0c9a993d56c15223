package io.zipmap.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.job.extract.ArrayRecords;
import io.zipmap.job.extract.EntryShare;
import io.zipmap.job.extract.ExtractSummary;
import io.zipmap.job.extract.Failure;
import io.zipmap.job.extract.PipelineSettings;
import io.zipmap.options.Option;
import io.zipmap.plan.Plan;
import io.zipmap.store.ArrayRecord;
import io.zipmap.testing.Run;
import io.zipmap.testing.SparkLocal;
import io.zipmap.testing.TestOptions;
import io.zipmap.testing.Zips;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Several tasks extract one large archive. */
class EntryShareTest {
    private static final int MIB = 1 << 20;

    @RegisterExtension
    static final SparkLocal SPARK = SparkLocal.kryo();

    @TempDir
    Path folder;

    @Test
    void archivesAreSharedIfTheyAreFewerThanTheCoresAndLarge() {
        assertThat(EntryShare.of(1, 1L << 40, 8)).hasSize(8);
        assertThat(EntryShare.of(3, 1L << 40, 8)).hasSize(3);
        assertThat(EntryShare.of(8, 1L << 40, 8)).hasSize(1);
        assertThat(EntryShare.of(9, 1L << 40, 8)).hasSize(1);
        assertThat(EntryShare.of(1, 40 * MIB, 8)).hasSize(2);
        assertThat(EntryShare.of(1, 31 * MIB, 8)).hasSize(1);
        assertThat(EntryShare.of(0, 0, 8)).hasSize(1);
    }

    @Test
    void tasksTakeNeighboursOfAboutEqualBytesAndGiveEachArrayOnce() throws IOException {
        byte[] noise = new byte[12 * MIB];
        new Random(1).nextBytes(noise);
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(folder.resolve("a.zip")))) {
            for (String name : List.of("a", "b", "c", "d")) {
                Zips.add(zip, true, name, noise);
            }
            Zips.add(zip, true, "empty", new byte[0]);
        }
        TestOptions options = TestOptions.of(Option.INPUT, folder, Option.DTYPE, "int32", Option.SHAPE, "-1");
        Pipeline pipeline = new Pipeline(SPARK.session(), PipelineSettings.of(options.values()));
        try (ArrayRecords records = pipeline.extractAll(pipeline.plan(List.of(folder.toString())))) {
            assertThat(records.summaries()).extracting(ExtractSummary::arrays).containsExactly(2L, 3L);
            assertThat(records.rdd().map(ArrayRecord::entry).collect()).containsExactly("a", "b", "c", "d", "empty");
            assertThat(records.entries().taken()).isEqualTo(5);
        }
        Run run = Run.of(SPARK.session(), options);
        assertThat(run.arrays).hasSize(5);
        assertThat(run.failures).isEmpty();
    }

    @Test
    void anArchiveThatCannotBeOpenedIsOneFailure() throws IOException {
        Files.write(folder.resolve("a.zip"), new byte[33 * MIB]);
        Run run = Run.of(SPARK.session(), Option.INPUT, folder, Option.ON_ERROR, "quarantine");
        assertThat(run.conditionsByName()).containsOnlyKeys("a.zip").containsValue("ZIPMAP_NOT_AN_ARCHIVE");
        assertThat(run.failures).hasSize(1);
    }

    @Test
    void anArchiveThatNoTaskCanReadIsOneFailure() throws IOException {
        Path archive = Files.write(folder.resolve("a.zip"), new byte[33 * MIB]);
        TestOptions options = TestOptions.of(Option.INPUT, folder, Option.ON_ERROR, "quarantine");
        Pipeline pipeline = new Pipeline(SPARK.session(), PipelineSettings.of(options.values()));
        Plan plan = pipeline.plan(List.of(folder.toString()));
        Files.delete(archive);
        try (ArrayRecords records = pipeline.extractAll(plan)) {
            assertThat(records.summaries()).hasSize(2);
            assertThat(records.failures().map(Failure::condition).collect()).containsExactly("ZIPMAP_SOURCE_MISSING");
        }
    }
}
