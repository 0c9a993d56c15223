package io.zipmap.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.testing.SparkLocal;
import io.zipmap.testing.Zips;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class NaiveJobTest {
    @RegisterExtension
    static final SparkLocal SPARK = SparkLocal.java();

    @TempDir
    Path folder;

    @Test
    void theDriverHoldsAndAggregatesTheArraysOfAllArchives() throws IOException {
        Zips.deflated(folder.resolve("a.zip"), "a.dat", Zips.floats(8, 0));
        Zips.stored(folder.resolve("b.zip"), "b.dat", Zips.floats(4, 100));
        NaiveJob job = NaiveJob.run(SPARK.session(), folder.toString(), 2, 4);
        assertThat(job.arrays()).isEqualTo(2);
        assertThat(job.bytes()).isEqualTo(48);
        assertThat(job.means()).containsExactly(104 / 3.0, 107 / 3.0, 110 / 3.0, 113 / 3.0);
    }
}
