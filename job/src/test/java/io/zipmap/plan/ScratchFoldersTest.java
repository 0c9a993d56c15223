package io.zipmap.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.scratch.FileExpectation;
import io.zipmap.scratch.Scratch;
import io.zipmap.scratch.ScratchScopes;
import io.zipmap.scratch.ScratchSettings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchFoldersTest {
    @TempDir
    Path folder;

    /** The configuration of an executor of a standalone Worker. */
    private static SparkConf ofWorker(Path... folders) {
        String joined =
                String.join(",", List.of(folders).stream().map(Path::toString).toList());
        return new SparkConf(false) {
            @Override
            public String getenv(String name) {
                return name.equals("SPARK_EXECUTOR_DIRS") ? joined : super.getenv(name);
            }
        };
    }

    private Path ofApplication(String worker, String application) throws IOException {
        return Files.createDirectories(folder.resolve("spark-" + worker).resolve("executor-" + application));
    }

    @Test
    void keptScratchIsOutsideTheFoldersOfAWorker() throws IOException {
        Path ours = ofApplication("w1", "a1");
        assertThat(ScratchFolders.ofNode(List.of(), ofWorker(ours), false)).containsExactly(ours.toString());
        assertThat(ScratchFolders.ofNode(List.of(), ofWorker(ours), true)).containsExactly(folder.toString());
        assertThat(ScratchFolders.ofNode(List.of(), ofWorker(folder), true)).containsExactly(folder.toString());
        assertThat(ScratchFolders.ofNode(List.of("x"), ofWorker(ours), true)).containsExactly("x");
    }

    @Test
    void foldersOfFormerApplicationsAreFoundFromEachFolder() throws IOException {
        Path ours = ofApplication("w2", "a2");
        Path former = ofApplication("w1", "a1");
        Files.createDirectories(folder.resolve("spark-w1/blockmgr-1"));
        assertThat(ScratchFolders.ofWorkers(List.of(ours.toString()))).containsExactly(former.toString());
        assertThat(ScratchFolders.ofWorkers(List.of(folder.toString())))
                .containsExactlyInAnyOrder(former.toString(), ours.toString());
        assertThat(ScratchFolders.ofWorkers(List.of(folder.resolve("nowhere").toString())))
                .isEmpty();
    }

    @Test
    void scratchWithoutAnOwnerIsRemovedThereAndOwnedScratchIsNot() throws IOException {
        Path dead = ofApplication("w1", "a1");
        Path left = dead.resolve("zipmap-" + System.getProperty("user.name"));
        ScratchSettings former = ScratchSettings.of(List.of(dead.toString()), "a1");
        try (Scratch scratch = Scratch.open(former)) {
            scratch.obtain(FileExpectation.of("f", 10), out -> out.write(ByteBuffer.allocate(10)));
            ScratchScopes.removeDead(List.of(dead.toString()));
            assertThat(left.resolve("app-a1/f")).exists();
            deleteLeases(left.resolve("app-a1"));
            ScratchScopes.removeDead(List.of(dead.toString()));
            assertThat(left).doesNotExist();
        }
    }

    private static void deleteLeases(Path scope) throws IOException {
        try (var leases = Files.newDirectoryStream(scope, ".lease-*")) {
            for (Path lease : leases) {
                Files.delete(lease);
            }
        }
    }
}
