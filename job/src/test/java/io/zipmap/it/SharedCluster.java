package io.zipmap.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.fs.FileUtil;
import org.jspecify.annotations.Nullable;

/** The cluster, the archives and the application that integration tests share. Started once, closed by JUnit. */
final class SharedCluster implements AutoCloseable {
    private static final int ARCHIVES = 12;
    private static final int COLUMNS = 4;

    private final StandaloneCluster cluster;
    private final Path folder;
    private final GatedArchives archives;
    private @Nullable ClusterSession session;
    private @Nullable ResultTables undisturbed;

    private SharedCluster(StandaloneCluster cluster, Path folder, GatedArchives archives) {
        this.cluster = cluster;
        this.folder = folder;
        this.archives = archives;
    }

    static SharedCluster start() throws Exception {
        Path folder = Files.createTempDirectory("zipmap-archives");
        GatedArchives archives = GatedArchives.write(folder, ARCHIVES);
        return new SharedCluster(StandaloneCluster.start(), folder, archives);
    }

    StandaloneCluster cluster() {
        return cluster;
    }

    GatedArchives archives() {
        return archives;
    }

    ClusterSession session() throws Exception {
        if (session == null) {
            session = ClusterSession.open(cluster);
        }
        session.ready();
        return session;
    }

    ResultTables undisturbed() throws Exception {
        if (undisturbed == null) {
            ResultTables tables = ResultTables.ofRun(session().session(), archives.options());
            assertThat(tables.arrays()).hasSize(ARCHIVES);
            assertThat(tables.columnStats()).hasSize(COLUMNS * ARCHIVES);
            assertThat(tables.arrayStats()).hasSize(ARCHIVES);
            assertThat(tables.failures()).isEmpty();
            undisturbed = tables;
        }
        return undisturbed;
    }

    void endSession() throws Exception {
        if (session != null) {
            session.close();
            session = null;
            cluster.awaitNoScratch();
        }
    }

    @Override
    public void close() throws IOException {
        if (session != null) {
            session.close();
        }
        cluster.close();
        FileUtil.fullyDelete(folder.toFile());
    }
}
