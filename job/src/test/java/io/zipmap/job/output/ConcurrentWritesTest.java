package io.zipmap.job.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zipmap.testing.SparkLocal;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ConcurrentWritesTest {
    @RegisterExtension
    static final SparkLocal SPARK = SparkLocal.kryo();

    private final SparkSession session = SPARK.session();

    @Test
    void allWritesRunAtTheSameTime() throws IOException {
        CountDownLatch running = new CountDownLatch(2);
        AtomicBoolean met = new AtomicBoolean(true);
        Runnable write = () -> {
            running.countDown();
            if (!awaits(running)) {
                met.set(false);
            }
        };
        ConcurrentWrites.run(List.of(write, write));
        assertThat(met).isTrue();
    }

    /** The publisher deletes the folders of all writes after it. */
    @Test
    void aFailureComesOutAsItIsWhenTheOtherWritesHaveEnded() {
        UncheckedIOException failure = new UncheckedIOException(new IOException("full"));
        CountDownLatch failed = new CountDownLatch(1);
        AtomicBoolean ended = new AtomicBoolean();
        Runnable failing = () -> {
            failed.countDown();
            throw failure;
        };
        Runnable slow = () -> {
            awaits(failed);
            session.range(3).count();
            ended.set(true);
        };
        assertThatThrownBy(() -> ConcurrentWrites.run(List.of(failing, slow))).isSameAs(failure);
        assertThat(ended).isTrue();
    }

    @Test
    void anInterruptionEndsTheWritesBeforeItComesOut() {
        CountDownLatch never = new CountDownLatch(1);
        AtomicBoolean ended = new AtomicBoolean();
        Runnable slow = () -> {
            awaits(never);
            session.range(3).count();
            ended.set(true);
        };
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> ConcurrentWrites.run(List.of(slow))).isInstanceOf(InterruptedIOException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(ended).isTrue();
    }

    private static boolean awaits(CountDownLatch latch) {
        try {
            return latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            return false;
        }
    }
}
