package io.zipmap.stats;

import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the lane kernel of a process. {@link PlainLanes} reduces the first {@value #EARNED} bytes: over as many
 * bytes, the vector kernel saves the time that its compilation takes. Then a background thread compiles the vector
 * kernel, by running it on an array of its own, and it is used as soon as it is measured to be faster.
 * {@link PlainLanes} stays where the JVM has no module {@code jdk.incubator.vector}, where the CPU has no registers for
 * four doubles, and where the vector kernel fails or does not become faster.
 *
 * <p>Thread-safe. The thread ends with the compilation, and inherits nothing from the task that starts it.
 */
final class LaneKernels {
    private static final long EARNED = 8L << 30;

    /** The kernels of this process: the compiled code is of the process too. */
    static final LaneKernels OF_PROCESS = new LaneKernels(LaneKernels::vectorKernel, EARNED);

    /** After this the vector kernel is given up. */
    private static final long PATIENCE_NANOS = 30_000_000_000L;

    /** Calls that are measured together. */
    private static final int CALLS = 64;

    /** How much less time than the plain loop the vector kernel must take, in percent. */
    private static final int FASTER_PERCENT = 70;

    private final Supplier<@Nullable LaneKernel> better;
    private final long earned;
    private final long patienceNanos;
    private final AtomicLong reduced = new AtomicLong();
    private volatile LaneKernel current = new PlainLanes();

    /**
     * @param better makes the kernel to compile, in the background thread; null if there is none
     * @param earned number of bytes to reduce before that
     */
    LaneKernels(Supplier<@Nullable LaneKernel> better, long earned) {
        this(better, earned, PATIENCE_NANOS);
    }

    LaneKernels(Supplier<@Nullable LaneKernel> better, long earned, long patienceNanos) {
        this.better = better;
        this.earned = earned;
        this.patienceNanos = patienceNanos;
    }

    /** The kernel for the next bytes. */
    LaneKernel forBytes(long bytes) {
        if (reduced.get() < earned) {
            long before = reduced.getAndAdd(bytes);
            if (before < earned && before + bytes >= earned) {
                compileInBackground();
            }
        }
        return current;
    }

    private void compileInBackground() {
        Thread thread = new Thread(null, this::compile, "zipmap-lane-kernel", 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        // Spark's handler would end the executor. The plain loop stays, which gives the same results.
        thread.setUncaughtExceptionHandler((failed, error) -> {});
        try {
            thread.start();
        } catch (OutOfMemoryError e) {
            // No more threads for this process. The task that is here needs none.
        }
    }

    /** Runs the better kernel until it is faster, and then uses it. */
    void compile() {
        LaneKernel kernel = better.get();
        if (kernel != null && becomesFaster(kernel)) {
            current = kernel;
        }
    }

    private boolean becomesFaster(LaneKernel kernel) {
        Trial trial = new Trial();
        LaneKernel plain = new PlainLanes();
        long start = System.nanoTime();
        long least = Long.MAX_VALUE;
        while (System.nanoTime() - start < patienceNanos) {
            least = Math.min(least, trial.nanos(plain));
            if (trial.nanos(kernel) < least * FASTER_PERCENT / 100) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable LaneKernel vectorKernel() {
        return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent() && VectorLanes.isFast()
                ? new VectorLanes()
                : null;
    }

    /** An array on which kernels are run: random values in several runs, of which the last is short. */
    private static final class Trial {
        private static final int VALUES = LaneKernel.LANES * (8 * LaneKernel.RUN + 3);

        private final float[] values = new float[VALUES];
        private final double[] pivot = new double[LaneKernel.LANES];
        private final double[] sum = new double[LaneKernel.LANES];
        private final double[] rest = new double[LaneKernel.LANES];
        private final double[] squares = new double[LaneKernel.LANES];
        private final double[] min = new double[LaneKernel.LANES];
        private final double[] max = new double[LaneKernel.LANES];

        Trial() {
            SplittableRandom random = new SplittableRandom(1);
            for (int i = 0; i < VALUES; i++) {
                values[i] = (float) random.nextDouble();
            }
        }

        /** Time of {@value #CALLS} calls. */
        long nanos(LaneKernel kernel) {
            long start = System.nanoTime();
            for (int i = 0; i < CALLS; i++) {
                kernel.gather(values, 0, VALUES, LaneKernel.LANES, pivot, sum, rest, squares, min, max);
            }
            return System.nanoTime() - start;
        }
    }
}
