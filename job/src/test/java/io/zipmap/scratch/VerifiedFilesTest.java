package io.zipmap.scratch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifiedFilesTest {
    private final VerifiedFiles verified = new VerifiedFiles();
    private final AtomicInteger checks = new AtomicInteger();

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void writeFile() throws IOException {
        file = Files.writeString(folder.resolve("f"), "first");
    }

    private boolean isFirst(Path path) throws IOException {
        checks.incrementAndGet();
        return Files.readString(path).equals("first");
    }

    @Test
    void aFileIsCheckedAgainOnlyAfterAChange() throws IOException {
        assertThat(verified.verifyFile(file, this::isFirst)).isTrue();
        assertThat(verified.verifyFile(file, this::isFirst)).isTrue();
        assertThat(checks).hasValue(1);
        Files.setLastModifiedTime(file, FileTime.fromMillis(1000));
        assertThat(verified.verifyFile(file, this::isFirst)).isTrue();
        assertThat(checks).hasValue(2);
        Files.writeString(file, "other");
        assertThat(verified.verifyFile(file, this::isFirst)).isFalse();
        assertThat(verified.verifyFile(file, this::isFirst)).isFalse();
        assertThat(checks).as("a file that failed its check").hasValue(4);
    }

    @Test
    void aKeptFileIsCheckedOnceWhateverItsTimes() throws IOException {
        assertThat(verified.verifyKeptFile(file, this::isFirst)).isTrue();
        Files.setLastModifiedTime(file, FileTime.fromMillis(1000));
        assertThat(verified.verifyKeptFile(file, this::isFirst)).isTrue();
        assertThat(checks).hasValue(1);
        Path written = Files.writeString(folder.resolve("g"), "other");
        verified.addWritten(written);
        assertThat(verified.verifyKeptFile(written, this::isFirst)).isTrue();
        assertThat(checks).hasValue(1);
    }

    @Test
    void aMissingOrUnreadableFileIsNotIntactAndAnInterruptIsPassedOn() throws IOException {
        assertThat(verified.verifyFile(folder.resolve("none"), this::isFirst)).isFalse();
        assertThat(verified.verifyFile(file, path -> {
                    throw new IOException("the disk fails");
                }))
                .isFalse();
        assertThatThrownBy(() -> verified.verifyFile(file, path -> {
                    throw new ClosedByInterruptException();
                }))
                .isInstanceOf(ClosedByInterruptException.class);
    }

    @Test
    void oneThreadChecksAndTheOthersWait() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Boolean>> results = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                results.add(threads.submit(() -> verified.verifyFile(file, path -> {
                    LockSupport.parkNanos(20_000_000);
                    return isFirst(path);
                })));
            }
            for (Future<Boolean> result : results) {
                assertThat(result.get(10, TimeUnit.SECONDS)).isTrue();
            }
            assertThat(checks).hasValue(1);
        } finally {
            threads.shutdownNow();
        }
    }

    /** Two threads check 200 files at the same time, each check together with the check of a companion. */
    @Test
    void checksOfDifferentFilesThatCheckTheirCompanionsNeverWaitForEachOther() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        CyclicBarrier together = new CyclicBarrier(2);
        try {
            List<Future<Boolean>> results = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                Path main = Files.writeString(folder.resolve("main" + i), "first");
                Path companion = Files.writeString(folder.resolve("companion" + i), "first");
                results.add(threads.submit(() -> verified.verifyFile(main, path -> {
                    await(together);
                    return verified.verifyFile(companion, this::isFirst);
                })));
            }
            for (Future<Boolean> result : results) {
                assertThat(result.get(20, TimeUnit.SECONDS)).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static void await(CyclicBarrier together) throws IOException {
        try {
            together.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IOException(e);
        }
    }
}
