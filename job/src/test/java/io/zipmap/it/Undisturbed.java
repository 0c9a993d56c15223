package io.zipmap.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.fs.FileUtil;

/** A dozen archives, and the tables of a run over them in which nothing went wrong. */
final class Undisturbed implements AutoCloseable {
    static final int ARCHIVES = 12;

    private final Path folder;
    private final GatedArchives archives;
    private final Tables tables;

    private Undisturbed(Path folder, GatedArchives archives, Tables tables) {
        this.folder = folder;
        this.archives = archives;
        this.tables = tables;
    }

    static Undisturbed run(StandaloneCluster cluster) throws Exception {
        cluster.ready();
        Path folder = Files.createTempDirectory("zipmap-archives");
        GatedArchives archives = GatedArchives.write(folder, ARCHIVES);
        Tables tables;
        try (ClusterSession spark = ClusterSession.open(cluster)) {
            tables = Tables.ofRun(spark.session(), archives.options());
        }
        assertThat(tables.arrays()).hasSize(ARCHIVES);
        assertThat(tables.columnStats()).hasSize(4 * ARCHIVES);
        assertThat(tables.failures()).isEmpty();
        cluster.awaitNoScratch();
        return new Undisturbed(folder, archives, tables);
    }

    GatedArchives archives() {
        return archives;
    }

    Tables tables() {
        return tables;
    }

    @Override
    public void close() throws IOException {
        FileUtil.fullyDelete(folder.toFile());
    }
}
