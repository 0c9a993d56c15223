package io.zipmap.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.testing.Errors;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MemoryGuardTest {
    private static final long MIB = 1 << 20;
    private static final MemoryProcess DRIVER = MemoryProcess.ofThisJvm("driver", "a");
    private static final MemoryProcess EXECUTOR = MemoryProcess.ofThisJvm("1", "a");

    private final AtomicInteger cancels = new AtomicInteger();
    private final AtomicInteger releases = new AtomicInteger();
    private final MemoryGuard guard = new MemoryGuard(16 * MIB, cancels::incrementAndGet, releases::incrementAndGet);

    private void check(MemoryProcess process, long mebibytes) {
        guard.check(process, ProcessRecorderTest.sample(0, mebibytes * MIB));
    }

    @Test
    void aProcessMayGrowOverItsFirstSampleInTheExtractStage() throws IOException {
        check(DRIVER, 10);
        guard.stageSubmitted("plan");
        check(DRIVER, 100);
        guard.stageSubmitted("extract");
        check(DRIVER, 200);
        check(EXECUTOR, 50);
        guard.stageSubmitted("map");
        check(EXECUTOR, 66);
        check(DRIVER, 184);
        check(DRIVER, 216);
        assertThatCode(guard::stop).doesNotThrowAnyException();
        assertThat(cancels).hasValue(0);
        check(EXECUTOR, 67);
        assertThat(cancels).hasValue(1);
        guard.stageSubmitted("publish");
        check(DRIVER, 200);
        assertThat(cancels).as("jobs that began since are cancelled too").hasValue(2);
        ZipmapException grown = Errors.named(Condition.MEMORY_GREW, guard::stop);
        assertThat(grown.getMessage()).contains("stage map: executor 1 on a", "16 MiB over 50 MiB", "actual: 67 MiB");
    }

    @Test
    void theErrorOfTheGuardReplacesThatOfTheCancelledWork() throws IOException {
        guard.stageSubmitted("extract");
        check(DRIVER, 1);
        assertThat(Errors.named(Condition.SQL_FAILED, () -> guard.watch(MemoryGuardTest::fail)))
                .isNotNull();
        check(DRIVER, 100);
        Errors.named(Condition.MEMORY_GREW, () -> guard.watch(MemoryGuardTest::fail));
        assertThat(guard.watch(() -> "published before")).isEqualTo("published before");
        assertThat(releases).hasValue(3);
    }

    private static String fail() throws IOException {
        throw new ZipmapException(Condition.SQL_FAILED, "Cannot go on: job was cancelled");
    }
}
