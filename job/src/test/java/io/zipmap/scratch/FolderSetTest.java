package io.zipmap.scratch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zipmap.Condition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scratch in several folders: which of them takes a file, and which are refused or skipped. */
class FolderSetTest extends ScratchFixture {
    @Test
    void spreadsFilesOverTheFolders() throws IOException {
        try (Scratch scratch = Scratch.open(twoFolders("a1"))) {
            Set<Path> places = new TreeSet<>();
            for (int i = 0; i < 40; i++) {
                places.add(scratch.obtain(tenBytes("f" + i), TEN_BYTES).path().getParent());
            }
            assertThat(places).hasSize(2);
        }
    }

    @Test
    void triesTheNextFolderIfOneFails() throws IOException {
        try (Scratch scratch = Scratch.open(twoFolders("a1"))) {
            Path lost = folder.resolve("one")
                    .resolve(PrivateAccess.userFolderName())
                    .resolve("app-a1");
            FileTree.delete(lost);
            Files.createFile(lost);
            for (int i = 0; i < 10; i++) {
                assertThat(scratch.obtain(tenBytes("f" + i), TEN_BYTES).path()).startsWith(folder.resolve("two"));
            }
            Path other = folder.resolve("two")
                    .resolve(PrivateAccess.userFolderName())
                    .resolve("app-a1");
            FileTree.delete(other);
            Files.createFile(other);
            assertThatThrownBy(() -> scratch.obtain(tenBytes("last"), TEN_BYTES))
                    .hasMessageContaining(folder.resolve("one").toString())
                    .hasMessageContaining(folder.resolve("two").toString())
                    .satisfies(hasCondition(Condition.SCRATCH_UNUSABLE));
            Files.delete(lost);
            Files.delete(other);
        }
    }

    @Test
    void namesTheFullFolderBeforeTheFirstByte() throws IOException {
        try (Scratch scratch = Scratch.open(app("a1"))) {
            assertThatThrownBy(() -> scratch.obtain(FileExpectation.of("huge", Long.MAX_VALUE / 2), NEVER_CALLED))
                    .hasMessageContaining(root() + " has ")
                    .hasMessageContaining("bytes free")
                    .satisfies(hasCondition(Condition.SCRATCH_FULL));
            assertThat(fileNames("app-a1")).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ln -s . $0", "mkdir -m 0755 $0", "mkdir -m 0770 $0", "touch $0", "mkfifo $0"})
    void refusesAnythingElseInThePlaceOfTheUsersFolder(String command) throws Exception {
        assertThat(run("sh", "-c", command, root().toString())).isZero();
        assertThatThrownBy(() -> Scratch.open(app("a1")))
                .hasMessageContaining(root().toString())
                .satisfies(hasCondition(Condition.SCRATCH_UNSAFE));
        assertThatThrownBy(() -> ScratchScopes.list(List.of(folder.toString())))
                .satisfies(hasCondition(Condition.SCRATCH_UNSAFE));
    }

    @Test
    void skipsUnusableFolders() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        List<String> folders =
                List.of(file + "/under", "/proc/nowhere", folder.resolve("good").toString());
        try (Scratch scratch = Scratch.open(ScratchSettings.of(folders, "a1"))) {
            assertThat(scratch.obtain(tenBytes("f"), TEN_BYTES).path()).startsWith(folder.resolve("good"));
        }
        assertThatThrownBy(() -> Scratch.open(ScratchSettings.of(folders.subList(0, 2), "a1")))
                .hasMessageContaining(file.toString())
                .hasMessageContaining("/proc/nowhere")
                .satisfies(hasCondition(Condition.SCRATCH_UNUSABLE));
    }
}
