package io.zipmap.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;

class PartitionRootsTest {
    private static final String ARCHIVE = "file:///data/k=1/d=2/e=3/a.npz";

    private static List<String> partitions(String archive, String... inputs) throws IOException {
        return new Inputs(new Configuration(false))
                .partitionRoots(List.of(inputs), null)
                .search()
                .partitionsOf(archive);
    }

    @Test
    void theFoldersBeginBelowTheNearestInput() throws IOException {
        assertThat(partitions(ARCHIVE, "/data")).containsExactly("k=1", "d=2", "e=3");
        assertThat(partitions(ARCHIVE, "/")).containsExactly("k=1", "d=2", "e=3");
        assertThat(partitions(ARCHIVE, "/data", "/data/k=1", "/data/k=2")).containsExactly("d=2", "e=3");
        assertThat(partitions(ARCHIVE, "/data/k=1/d=2/e=3/a.npz", "/other", "/dat"))
                .isEmpty();
    }

    @Test
    void eachFolderThatAGlobMatchesIsARoot() throws IOException {
        assertThat(partitions(ARCHIVE, "/data/k=*")).containsExactly("d=2", "e=3");
        assertThat(partitions(ARCHIVE, "/*/k=1/d=[1-3]", "/data", "/data/k=*")).containsExactly("e=3");
        assertThat(partitions(ARCHIVE, "/data/{k=1/d=2,x}", "/data")).containsExactly("e=3");
        assertThat(partitions(ARCHIVE, "/data/k=1/*/*/*.npz", "/data/k=[2]")).isEmpty();
    }

    @Test
    void theNameOfAnInputMayLookLikeAGlob() throws IOException {
        assertThat(partitions("file:///%5Bz/%5Bb%5D/d=2/a.npz", "/[z/[b]")).containsExactly("d=2");
        assertThat(partitions("file:///y/d=2/a.npz", "/[z", "/y")).containsExactly("d=2");
    }

    @Test
    void anArchiveOutsideTheBasePathIsRefused() throws IOException {
        PartitionRoots roots = new Inputs(new Configuration(false)).partitionRoots(List.of(), "/data/k=2");
        assertThat(roots.search().partitionsOf("file:///data/k=2/d=1/a.npz")).containsExactly("d=1");
        assertThatThrownBy(() -> roots.search().partitionsOf(ARCHIVE))
                .hasMessageContaining("Invalid value of --base-path: an archive is not in /data/k=2; archive: /data/");
    }
}
