package io.zipmap.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.testing.ChildJvm;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LaneKernelsTest {
    private static final int EARNED = 1000;

    /** Does nothing, so it is faster than any loop. */
    private static final LaneKernel FAST = (v, lane, n, lanes, pivot, sum, rest, squares, min, max) -> {};

    @TempDir
    Path folder;

    @Test
    void thePlainLoopIsUsedUntilTheWorkEarnsTheCompilation() {
        AtomicInteger made = new AtomicInteger();
        LaneKernels kernels = new LaneKernels(
                () -> {
                    made.incrementAndGet();
                    return FAST;
                },
                EARNED);
        assertThat(kernels.forBytes(EARNED - 1)).isInstanceOf(PlainLanes.class);
        assertThat(kernels.forBytes(0)).isInstanceOf(PlainLanes.class);
        assertThat(made).hasValue(0);
    }

    @Test
    void aFasterKernelIsUsedAfterTheBackgroundThreadHasRunIt() throws Exception {
        CompletableFuture<Thread> compiler = new CompletableFuture<>();
        CountDownLatch goOn = new CountDownLatch(1);
        LaneKernels kernels = new LaneKernels(
                () -> {
                    compiler.complete(Thread.currentThread());
                    awaitIn(goOn);
                    return FAST;
                },
                EARNED);
        assertThat(kernels.forBytes(EARNED)).isInstanceOf(PlainLanes.class);
        assertThat(compiler.get().isDaemon()).isTrue();
        assertThat(compiler.get().getContextClassLoader()).isNull();
        assertThat(kernels.forBytes(EARNED)).isInstanceOf(PlainLanes.class);
        goOn.countDown();
        compiler.get().join();
        assertThat(kernels.forBytes(1)).isSameAs(FAST);
    }

    @Test
    void theKernelIsCompiledOnce() throws Exception {
        AtomicInteger made = new AtomicInteger();
        CompletableFuture<Thread> compiler = new CompletableFuture<>();
        LaneKernels kernels = new LaneKernels(
                () -> {
                    made.incrementAndGet();
                    compiler.complete(Thread.currentThread());
                    return FAST;
                },
                EARNED);
        for (int i = 0; i < 10; i++) {
            kernels.forBytes(EARNED / 2);
        }
        compiler.get().join();
        kernels.forBytes(EARNED);
        assertThat(made).hasValue(1);
    }

    /** A killed task is an interrupted one. */
    @Test
    void anInterruptOfTheTaskThatStartsTheCompilationDoesNotStopIt() throws Exception {
        CompletableFuture<Thread> compiler = new CompletableFuture<>();
        LaneKernels kernels = new LaneKernels(
                () -> {
                    compiler.complete(Thread.currentThread());
                    return FAST;
                },
                EARNED);
        Thread task = new Thread(() -> {
            Thread.currentThread().interrupt();
            kernels.forBytes(EARNED);
        });
        task.start();
        task.join();
        compiler.get().join();
        assertThat(kernels.forBytes(1)).isSameAs(FAST);
    }

    @Test
    void thePlainLoopStaysWhereThereIsNoOther() throws Exception {
        assertThat(kernelAfter(() -> null)).isInstanceOf(PlainLanes.class);
    }

    @Test
    void thePlainLoopStaysWhereTheOtherCannotBeLinked() throws Exception {
        assertThat(kernelAfter(() -> {
                    throw new NoClassDefFoundError("jdk/incubator/vector/DoubleVector");
                }))
                .isInstanceOf(PlainLanes.class);
    }

    @Test
    void thePlainLoopStaysWhereTheOtherFailsWhileItIsRun() throws Exception {
        LaneKernel broken = (v, lane, n, lanes, pivot, sum, rest, squares, min, max) -> {
            throw new UnsupportedOperationException("cast");
        };
        assertThat(kernelAfter(() -> broken)).isInstanceOf(PlainLanes.class);
    }

    /** Spark's handler ends the process of an executor. */
    @Test
    void aFailureDoesNotReachTheHandlerOfTheProcess() throws Exception {
        AtomicInteger failures = new AtomicInteger();
        Thread.UncaughtExceptionHandler former = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, error) -> failures.incrementAndGet());
        try {
            kernelAfter(() -> {
                throw new IllegalStateException("a bug");
            });
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(former);
        }
        assertThat(failures).hasValue(0);
    }

    @Test
    void thePlainLoopStaysWhereTheOtherDoesNotBecomeFaster() {
        LaneKernel plain = new PlainLanes();
        LaneKernel slow = (v, lane, n, lanes, pivot, sum, rest, squares, min, max) -> {
            for (int i = 0; i < 1000; i++) {
                plain.gather(v, lane, n, lanes, pivot, sum, rest, squares, min, max);
            }
        };
        LaneKernels kernels = new LaneKernels(() -> slow, EARNED, 100_000_000);
        kernels.compile();
        assertThat(kernels.forBytes(1)).isInstanceOf(PlainLanes.class);
    }

    @Test
    void aJvmWithoutTheModuleKeepsThePlainLoop() throws Exception {
        try (ChildJvm jvm = ChildJvm.start(":", folder, WithoutModule.class)) {
            assertThat(jvm.rest()).containsExactly("module false", "kernel PlainLanes");
            assertThat(jvm.exitStatus()).isZero();
        }
    }

    /** The kernel after the background thread has ended. */
    private static LaneKernel kernelAfter(Supplier<LaneKernel> better) throws Exception {
        CompletableFuture<Thread> compiler = new CompletableFuture<>();
        LaneKernels kernels = new LaneKernels(
                () -> {
                    compiler.complete(Thread.currentThread());
                    return better.get();
                },
                EARNED);
        kernels.forBytes(EARNED);
        compiler.get().join();
        return kernels.forBytes(1);
    }

    private static void awaitIn(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The main class of the process without the module. */
    static final class WithoutModule {
        private WithoutModule() {}

        public static void main(String[] args) {
            System.out.println("module "
                    + ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent());
            LaneKernels.OF_PROCESS.compile();
            System.out.println(
                    "kernel " + LaneKernels.OF_PROCESS.forBytes(1).getClass().getSimpleName());
        }
    }
}
