package io.zipmap.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.zipmap.scratch.FileAttributes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettledTimesTest {
    private static final String AGE = "zipmap.settledAfterMillis";

    @TempDir
    Path folder;

    @AfterEach
    void clearAge() {
        System.clearProperty(AGE);
    }

    private static boolean isSettled(Path file) throws IOException {
        return new SettledTimes().isSettled(file, FileAttributes.readTargetIfExists(file));
    }

    @Test
    void aFileSettlesWithTime() throws Exception {
        Path file = Files.writeString(folder.resolve("a"), "a");
        assumeTrue(!Files.getFileStore(file).type().equals("tmpfs"), "the folder of the tests is on tmpfs");
        assertThat(isSettled(file)).isFalse();
        System.setProperty(AGE, "300");
        Thread.sleep(310);
        assertThat(isSettled(file)).isTrue();
        Files.writeString(file, "b");
        assertThat(isSettled(file)).isFalse();
    }

    @Test
    void aModificationTimeThatWasSetBackDoesNotSettleAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("a"), "a");
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000));
        assertThat(isSettled(file)).isFalse();
    }

    @Test
    void aModificationTimeInTheFutureDoesNotSettleAFile() throws IOException {
        System.setProperty(AGE, "0");
        Path file = Files.writeString(folder.resolve("a"), "a");
        Files.setLastModifiedTime(file, FileTime.fromMillis(System.currentTimeMillis() + 1_000_000));
        assertThat(isSettled(file)).isFalse();
    }

    @Test
    void aFileInMemoryNeverSettles() throws IOException {
        Path memory = Path.of("/dev/shm");
        assumeTrue(
                Files.isWritable(memory) && Files.getFileStore(memory).type().equals("tmpfs"),
                "there is no tmpfs at /dev/shm");
        System.setProperty(AGE, "0");
        Path file = Files.createTempFile(memory, "zipmap", "");
        try {
            assertThat(isSettled(file)).isFalse();
        } finally {
            Files.delete(file);
        }
    }
}
