package io.zipmap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.job.PipelineRun;
import io.zipmap.job.RunSettings;
import io.zipmap.options.Option;
import io.zipmap.plan.Progress;
import io.zipmap.plan.Work;
import io.zipmap.testing.SparkLocal;
import io.zipmap.testing.TestOptions;
import io.zipmap.testing.Zips;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.apache.spark.SparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What is counted when a stage has ended, and all events have arrived. */
class SparkProgressTest {
    @RegisterExtension
    static final SparkLocal SPARK = SparkLocal.java();

    @TempDir
    Path folder;

    private final Map<String, Work> totals = new LinkedHashMap<>();
    private final Map<String, StageCounts> counted = new LinkedHashMap<>();

    private final class AtTheEnd implements Progress {
        private final SparkContext spark = SPARK.session().sparkContext();
        private final SparkProgress counts = new SparkProgress(spark);
        private String stage = "";

        AtTheEnd() {
            spark.addSparkListener(counts);
        }

        @Override
        public void begin(String name, Work total) {
            stage = name;
            totals.put(name, total);
            counts.begin(name);
        }

        @Override
        public void add(Work done) {}

        @Override
        public void end() {
            try {
                spark.listenerBus().waitUntilEmpty();
            } catch (TimeoutException e) {
                throw new IllegalStateException(e);
            }
            counted.put(stage, counts.counts());
        }
    }

    private long writeArchives() throws IOException {
        long bytes = 0;
        for (String name : new String[] {"a.npz", "b.npz"}) {
            byte[] array = Zips.npy(6, 10, 2, 3);
            bytes += Files.size(
                    Zips.named(folder.resolve(name), new String[] {"x.npy", "y.npy", "z.txt"}, array, array, array));
        }
        bytes += Files.size(Files.writeString(folder.resolve("damaged.npz"), "PK\3\4 and then nothing"));
        return bytes;
    }

    private Work counted(String stage) {
        return counted.get(stage).work();
    }

    @Test
    void eachStageOfARunCountsToItsTotal() throws IOException {
        long bytes = writeArchives();
        RunSettings settings = RunSettings.of(
                TestOptions.of(Option.INPUT, folder, Option.OUTPUT, folder.resolve("out"), Option.ENTRIES, "*.npy")
                        .values());
        AtTheEnd progress = new AtTheEnd();
        new PipelineRun(SPARK.session(), settings, () -> {}, null, progress).run(null);
        SPARK.session().sparkContext().removeSparkListener(progress.counts);

        assertThat(counted("plan").arrays()).as("archives found").isEqualTo(3);
        assertThat(totals.get("extract")).isEqualTo(new Work(3, 0, bytes));
        assertThat(counted("extract")).isEqualTo(new Work(3, 4, bytes));
        assertThat(totals.get("map")).isEqualTo(new Work(0, 4, 4 * 24));
        assertThat(counted("map").arrays()).isEqualTo(4);
        assertThat(counted("publish").arrays())
                .as("rows of arrays, column_stats, array_stats, failures and archives")
                .isEqualTo(4 + 12 + 4 + 1 + 3);
        assertThat(counted.values()).allMatch(stage -> stage.tasks() == 0);
    }

    @Test
    void jobsOfAnotherCallSiteAreNotCounted() throws IOException {
        AtTheEnd progress = new AtTheEnd();
        progress.begin("map", Work.UNKNOWN);
        SPARK.session().range(10).count();
        progress.end();
        SPARK.session().sparkContext().removeSparkListener(progress.counts);
        assertThat(counted).containsEntry("map", StageCounts.NONE);
    }
}
